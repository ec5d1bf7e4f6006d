package postgres

import (
	"net/url"
	"strings"

	cgraph "github.com/cayleygraph/cayley/graph"
	csql "github.com/cayleygraph/cayley/graph/sql"
	cayley "github.com/cayleygraph/cayley/graph/sql/postgres"
)

// QuadStore opens the database at a place as Cayley knows one, for its query languages. The server refuses what would change it.
func QuadStore(where string) (cgraph.QuadStore, error) {
	u, err := url.Parse(where)
	if err != nil {
		return nil, &Error{Err: errNoURL}
	}
	q := u.Query()
	q.Set("default_transaction_read_only", "on")
	u.RawQuery = strings.ReplaceAll(q.Encode(), "+", "%20")
	quiet()
	return csql.New(cayley.Type, u.String(), nil)
}
