package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// completionCommand prints what a shell needs to complete picograph's command line.
func completionCommand(p *program) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Example:   "  source <(picograph completion bash)",
		ValidArgs: shells,
		Args:      exactly(1, 1, "the name of a shell: bash, zsh, fish or powershell"),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch args[0] {
			case "bash":
				return cmd.Root().GenBashCompletionV2(p.out, true)
			case "zsh":
				return cmd.Root().GenZshCompletion(p.out)
			case "fish":
				return cmd.Root().GenFishCompletion(p.out, true)
			case "powershell":
				return cmd.Root().GenPowerShellCompletionWithDesc(p.out)
			}
			return usage{fmt.Errorf("unknown shell %q", args[0]), "there is bash, zsh, fish, powershell"}
		},
	}
}
