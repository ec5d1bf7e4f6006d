package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// manCommand prints a manual page.
func manCommand(p *program) *cobra.Command {
	return &cobra.Command{
		Example: "  picograph man | man -l -",
		Args:    exactly(0, 1, "at most the name of a subcommand"),
		ValidArgsFunction: func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, sub := range cmd.Root().Commands() {
				if !sub.Hidden {
					names = append(names, sub.Name())
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			page := cmd.Root()
			if len(args) == 1 {
				sub, _, err := cmd.Root().Find(args)
				if err != nil || sub == cmd.Root() {
					return unknownCommand(cmd.Root(), args)
				}
				page = sub
			}
			return manual(p.out, page)
		},
	}
}

// manual writes the manual page of a command in troff's man macros.
func manual(out io.Writer, cmd *cobra.Command) error {
	w := bufio.NewWriter(out)
	name := strings.ReplaceAll(cmd.CommandPath(), " ", "-")
	fmt.Fprintf(w, ".TH %s 1 \"\" \"picograph %s\" \"User Commands\"\n", strings.ToUpper(name), troff(version))
	fmt.Fprintf(w, ".SH NAME\n%s \\- %s\n", troff(name), troff(lower(cmd.Short)))
	fmt.Fprintf(w, ".SH SYNOPSIS\n.B %s\n", troff(cmd.UseLine()))
	if cmd.Long != "" {
		fmt.Fprintf(w, ".SH DESCRIPTION\n%s\n", troff(cmd.Long))
	}
	if subs := cmd.Commands(); len(subs) > 0 {
		fmt.Fprintln(w, ".SH SUBCOMMANDS")
		for _, sub := range subs {
			if sub.Hidden {
				continue
			}
			fmt.Fprintf(w, ".TP\n.B %s\n%s\n", troff(sub.Use), troff(sub.Short))
		}
	}
	fmt.Fprintln(w, ".SH OPTIONS")
	options := func(f *pflag.Flag) {
		dash := "\\-\\-" + troff(f.Name)
		if f.Shorthand != "" {
			dash = "\\-" + f.Shorthand + ", " + dash
		}
		value, about := pflag.UnquoteUsage(f)
		fmt.Fprintf(w, ".TP\n.B %s %s\n%s\n", dash, troff(value), troff(about))
	}
	cmd.NonInheritedFlags().VisitAll(options)
	cmd.InheritedFlags().VisitAll(options)
	if cmd.Example != "" {
		fmt.Fprintf(w, ".SH EXAMPLES\n.nf\n%s\n.fi\n", troff(cmd.Example))
	}
	fmt.Fprint(w, `.SH EXIT STATUS
0 answered, near, or nothing found; 1 an error, a word not known, or a question not understood; 2 a wrong call;
3 an expectation or a check failed; 4 nothing found, under \-\-fail\-empty; 130 interrupted.
.SH ENVIRONMENT
.TP
.B PICOGRAPH_GRAPH
the graph, when \-\-graph is not given
.TP
.B NO_COLOR
print without colours
.TP
.B XDG_STATE_HOME
the folder in which the shell keeps its history
`)
	return w.Flush()
}

// troff escapes what the formatter would take for its own.
func troff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`).Replace(s)
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}

func lower(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
