package link

import (
	"cmp"
	"slices"
	"strings"

	"github.com/picograph/picograph/graph/evidence"
)

// Publication is the report that one document is, or is of, as the document tells of it.
type Publication struct {
	Document string // identifies the document
	Report   *evidence.Report
	Cites    []evidence.Citation
}

// Report is one publication or registry record, however many documents bring it. ID is stable: "doi:...", else "pmid:..." or
// "pmcid:...", else made from the first document.
type Report struct {
	ID        string
	Members   []int  // indexes into the publications that Reports was given, sorted by document
	Retracted string // why it counts as retracted, in words; empty where nothing says so
	Links     []Link // to other reports that were given
}

// Link is how a report stands to another. Relation is that of a citation, with "cites" for the empty one.
type Link struct {
	Relation string
	To       string // ID
}

// Retracted is the status of a report that was retracted.
const Retracted = "retracted"

// Reports groups documents by the report that they are of: those that share a DOI or a number of PubMed or PMC, and, where
// one has no identifier that another one has of the same kind, those of one title, year and first author. It is pure: the
// same publications give the same reports in whatever order they come. Reports come sorted by ID.
func Reports(all []Publication) []Report {
	p := &publications{all: all, ids: make([][]string, len(all)), up: make([]int, len(all))}
	for i := range all {
		p.ids[i] = reportIDs(all[i].Report)
		p.up[i] = i
		p.order = append(p.order, i)
	}
	slices.SortFunc(p.order, func(a, b int) int { return cmp.Compare(all[a].Document, all[b].Document) })
	p.byIdentifier()
	p.byCitation()
	return p.reports()
}

// publications holds a partition of publications.
type publications struct {
	all   []Publication
	ids   [][]string // of each; at a root, of its group
	order []int      // by document
	up    []int
}

func (p *publications) root(i int) int {
	for p.up[i] != i {
		p.up[i] = p.up[p.up[i]]
		i = p.up[i]
	}
	return i
}

func (p *publications) union(a, b int) {
	a, b = p.root(a), p.root(b)
	if a == b {
		return
	}
	if p.all[a].Document > p.all[b].Document {
		a, b = b, a
	}
	p.up[b] = a
	p.ids[a] = append(slices.Clone(p.ids[a]), p.ids[b]...)
	slices.Sort(p.ids[a])
	p.ids[a] = slices.Compact(p.ids[a])
}

// byIdentifier joins those that share an identifier, unless all else speaks against it: a number that was copied wrong.
func (p *publications) byIdentifier() {
	first := map[string][]int{}
	for _, i := range p.order {
		for _, id := range reportIDs(p.all[i].Report) {
			for _, k := range first[id] {
				if !p.mistaken(i, k) {
					p.union(k, i)
					break
				}
			}
		}
		for _, id := range reportIDs(p.all[i].Report) {
			if len(first[id]) < 8 {
				first[id] = append(first[id], i)
			}
		}
	}
}

// mistaken reports whether two publications share an identifier, but have another one of a kind that differs, and titles that
// have little in common.
func (p *publications) mistaken(a, b int) bool {
	x, y := reportIDs(p.all[a].Report), reportIDs(p.all[b].Report)
	differ := false
	for _, i := range x {
		for _, j := range y {
			kind, _, _ := strings.Cut(i, ":")
			differ = differ || i != j && strings.HasPrefix(j, kind+":")
		}
	}
	return differ && p.all[a].Report.Title != "" && p.all[b].Report.Title != "" && !alike(p.all[a].Report.Title, p.all[b].Report.Title)
}

// byCitation joins groups of one title, year and first author, where there are not two among them whose identifiers
// differ: then nothing tells to which of them the others belong.
func (p *publications) byCitation() {
	buckets := map[string][]int{}
	var keys []string
	for _, i := range p.order {
		for _, k := range citationKey(p.all[i].Report) {
			if buckets[k] == nil {
				keys = append(keys, k)
			}
			buckets[k] = append(buckets[k], i)
		}
	}
	for _, k := range keys {
		list := buckets[k]
		if p.apart(list) {
			continue
		}
		for _, i := range list[1:] {
			p.union(list[0], i)
		}
	}
}

// apart reports whether two of some groups have identifiers of one kind and none in common.
func (p *publications) apart(list []int) bool {
	var roots []int
	for _, i := range list {
		if r := p.root(i); !slices.Contains(roots, r) && len(roots) < 64 {
			roots = append(roots, r)
		}
	}
	for n, a := range roots {
		for _, b := range roots[:n] {
			if (&signs{reportIDs: p.ids[a]}).contradictsReport(&signs{reportIDs: p.ids[b]}) {
				return true
			}
		}
	}
	return false
}

// reports turns the partition into reports, and finds how they are linked and which were retracted.
func (p *publications) reports() []Report {
	members := map[int][]int{}
	for _, i := range p.order {
		members[p.root(i)] = append(members[p.root(i)], i)
	}
	var out []Report
	named := map[string]int{} // identifier -> place in out
	for _, i := range p.order {
		if p.root(i) != i {
			continue
		}
		for _, id := range p.ids[i] {
			if _, taken := named[id]; !taken {
				named[id] = len(out)
			}
		}
		out = append(out, Report{ID: p.name(members[i]), Members: members[i]})
	}
	distinct := map[string]int{}
	for n := range out { // an identifier that mistaken told to be of two reports
		if distinct[out[n].ID]++; distinct[out[n].ID] > 1 {
			out[n].ID = p.all[out[n].Members[0]].Document
		}
	}
	for n := range out {
		p.links(out, n, named)
	}
	p.retracted(out)
	slices.SortFunc(out, func(a, b Report) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// name returns the identifier of a report: the first DOI, else another identifier, else the first document.
func (p *publications) name(members []int) string {
	var ids []string
	for _, i := range members {
		ids = append(ids, reportIDs(p.all[i].Report)...)
	}
	rank := func(id string) int {
		return slices.Index([]string{"doi", "pmid", "pmcid"}, id[:strings.IndexByte(id, ':')])
	}
	if len(ids) == 0 {
		return p.all[members[0]].Document
	}
	return slices.MinFunc(ids, func(a, b string) int { return cmp.Or(rank(a)-rank(b), cmp.Compare(a, b)) })
}

// links finds the other reports that the documents of a report refer to by an identifier.
func (p *publications) links(out []Report, n int, named map[string]int) {
	r := &out[n]
	for _, i := range r.Members {
		for c := range p.all[i].Cites {
			cite := &p.all[i].Cites[c]
			for _, id := range reportIDs(&cite.Report) {
				if to, ok := named[id]; ok && to != n {
					r.Links = append(r.Links, Link{cmp.Or(cite.Relation, "cites"), out[to].ID})
					break
				}
			}
		}
	}
	slices.SortFunc(r.Links, func(a, b Link) int { return cmp.Or(cmp.Compare(a.Relation, b.Relation), cmp.Compare(a.To, b.To)) })
	r.Links = slices.Compact(r.Links)
}

// retracted takes down why reports count as retracted: one of their records says so, or a notice that is loaded too.
func (p *publications) retracted(out []Report) {
	notice := map[string]string{}
	for n := range out {
		for _, l := range out[n].Links {
			if l.Relation == "retracts" && (notice[l.To] == "" || out[n].ID < notice[l.To]) {
				notice[l.To] = out[n].ID
			}
		}
	}
	for n := range out {
		r := &out[n]
		if by := notice[r.ID]; by != "" {
			r.Retracted = "retracted by " + by
		}
		for _, i := range r.Members {
			if p.all[i].Report.Status == Retracted {
				r.Retracted = "retracted, as its record says"
			}
		}
	}
}
