package main

import (
	"encoding/json"
	"fmt"
	"runtime"

	"github.com/spf13/cobra"
)

// versionCommand prints the version.
func versionCommand(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Args: exactly(0, 0, "nothing"),
		RunE: func(*cobra.Command, []string) error {
			if p.format == "json" {
				return json.NewEncoder(p.results()).Encode(struct {
					Version  string `json:"version"`
					Go       string `json:"go"`
					Platform string `json:"platform"`
				}{version, runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH})
			}
			_, err := fmt.Fprintf(p.results(), "picograph %s (%s, %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
	p.outputFlags(cmd, "text", "json")
	return cmd
}
