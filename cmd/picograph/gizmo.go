package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"

	"github.com/spf13/cobra"

	"github.com/picograph/picograph/graph/gizmo"
)

// gizmoCommand is what the shell starts for a query in Gizmo, which may end its process. It is not for people.
func gizmoCommand() *cobra.Command {
	return &cobra.Command{
		Use: gizmoUse, Short: "carry out a query in Gizmo for the shell", Hidden: true,
		Args: exactly(0, 0, "nothing"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return gizmo.Serve(cmd.Context(), cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
}

const gizmoUse = "gizmo"

// askGizmo answers a query in Gizmo in a process of its own.
func askGizmo(ctx context.Context, where, query string, l gizmo.Limits) (*gizmo.Result, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("finding the program for the query: %w", err)
	}
	process := func(ctx context.Context) *exec.Cmd { return exec.CommandContext(ctx, self, gizmoUse) }
	return gizmo.Ask(ctx, process, where, query, l)
}
