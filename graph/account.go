package graph

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"path/filepath"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/link"
	"github.com/picograph/picograph/graph/spool"
)

// A load may be of a million documents. What has to be known of each until the commit is kept in an account outside of memory; memory
// has of each only a revision, and the places at which documents and sources are found: some 130 bytes in all.

// account is what is known of a document as it is from some point of a change on: how its quads are counted, where it comes
// from, and, behind that, what of it counts for joining. It does not change; what comes later is another account.
type account struct {
	ID      string
	Sum     []byte   // the digest of the quads
	Sources []source // as the quads have them
	Alone   []alone  // for each study that it tells of
	brief   []byte   // see link.Brief, as JSON
}

// alone is what a telling is joined to when it meets no other.
type alone struct{ ID, Name string }

// revision is what happens to one document.
type revision struct {
	now             int64     // where its account is; -1 while there is none
	was             int64     // the account of what the graph had before; -1 where it had nothing
	sources         *[]source // from now on, where these are not those of the account
	first, tellings uint32    // the number of its first telling, and how many it has
	flags           uint8
}

// What is noted of a revision.
const (
	isPut       uint8 = 1 << iota // the document was put
	isRetracted                   // its report is, or was, as it says
)

// identity stands for the name of a document or source: names that differ have others.
type identity [16]byte

func identify(name string) identity {
	sum := sha256.Sum256([]byte(name))
	return identity(sum[:16])
}

// ledger is what a change knows of its documents.
type ledger struct {
	at        map[identity]int32 // document -> place in revisions
	from      map[identity]int32 // source path -> place of the document that has it from now on, -1 for none; where that changes
	revisions []revision
	accounts  spool.Log
	tellings  int          // numbers of tellings that were given
	studies   spool.Sorter // the keys of tellings, see link.Keys, each with the number of the telling that has it, or with nothing
	reports   spool.Sorter // the keys of reports, each with "k" or "c" and the place of the document that has it or refers to it
}

// ledgerBytes is how much of a part of the ledger stays in memory, of the bytes that a change may use.
func ledgerBytes(o Options) int {
	if o.BatchBytes <= 0 {
		o.BatchBytes = 256 << 20
	}
	return int(o.BatchBytes / 16)
}

func newLedger(g *Graph) ledger {
	folder := ""
	if f, ok := g.base.(*fileBase); ok && f.path != "" {
		folder = filepath.Dir(f.path)
	}
	n := ledgerBytes(g.opt)
	return ledger{
		at: map[identity]int32{}, from: map[identity]int32{}, accounts: spool.Log{Folder: folder, Bound: n},
		studies: spool.Sorter{Folder: folder, Bound: n}, reports: spool.Sorter{Folder: folder, Bound: n},
	}
}

func (l *ledger) close() {
	l.accounts.Close()
	l.studies.Close()
	l.reports.Close()
	*l = ledger{}
}

// changes reports whether a document changes.
func (l *ledger) changes(id string) bool {
	_, ok := l.at[identify(id)]
	return ok
}

// add writes an account.
func (l *ledger) add(a *account) (int64, error) {
	head, err := json.Marshal(a)
	if err != nil {
		return 0, err
	}
	return l.accounts.Add(append(head, a.brief...))
}

// read reads an account; with a document, it gets what of that counts for joining.
func (l *ledger) read(at int64, doc *evidence.Document) (*account, error) {
	b, err := l.accounts.Read(at)
	if err != nil {
		return nil, err
	}
	a := &account{}
	dec := json.NewDecoder(bytes.NewReader(b))
	if err = dec.Decode(a); err == nil && doc != nil {
		err = dec.Decode(doc)
	}
	return a, err
}

// each gives the documents that change and are there from now on, in the order in which they came, with their accounts.
func (l *ledger) each(give func(i int, a *account) error) error {
	for i := range l.revisions {
		if !l.revisions[i].there() {
			continue
		}
		a, err := l.read(l.revisions[i].now, nil)
		if err == nil {
			err = give(i, a)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// there reports whether the document is there from now on.
func (c *revision) there() bool { return c.now >= 0 && (c.sources == nil || len(*c.sources) > 0) }

// sourcesOf returns the sources that a document has from now on.
func (l *ledger) sourcesOf(i int) ([]source, error) {
	c := &l.revisions[i]
	if c.sources != nil {
		return *c.sources, nil
	}
	if c.now < 0 {
		return nil, nil
	}
	a, err := l.read(c.now, nil)
	if err != nil {
		return nil, err
	}
	return a.Sources, nil
}

// tell notes by which keys the studies and the report of a document are found. What it told before in the same change stays
// noted: who shares a key with that is looked at together with others for nothing, which changes no join.
func (l *ledger) tell(i int, t told) error {
	c := &l.revisions[i]
	c.first, c.tellings = uint32(l.tellings), uint32(len(t.tells))
	l.tellings += len(t.tells)
	for n := range t.tells {
		number := binary.BigEndian.AppendUint32(nil, c.first+uint32(n))
		for _, k := range t.tells[n].keys {
			if err := l.studies.Add(linkKey(k), number); err != nil {
				return err
			}
		}
	}
	return l.tellReport(i, t.pub)
}

// tellReport notes by which keys the report of a document is found, now or before.
func (l *ledger) tellReport(i int, p link.Publication) error {
	if p.Report.Status == link.Retracted {
		l.revisions[i].flags |= isRetracted
	}
	for kind, keys := range map[byte][]string{'k': link.ReportKeys(p), 'c': link.CitedKeys(p)} {
		place := binary.BigEndian.AppendUint32([]byte{kind}, uint32(i))
		for _, k := range keys {
			if err := l.reports.Add(k, place); err != nil {
				return err
			}
		}
	}
	return nil
}
