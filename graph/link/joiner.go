package link

import (
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/picograph/picograph/graph/evidence"
	"github.com/picograph/picograph/graph/spool"
)

// joiner holds a partition of the tellings (union by the first in order) and the joins that led to it. Memory holds some 50 bytes of
// each telling, what is known of groups of several, and the signs of those that were looked at last.
type joiner struct {
	tellings Tellings
	room     Room
	lately   map[int]*signs
	alone    []bool // the only one that its document has of its report
	order    []int  // tellings in an order that depends on their content alone
	rank     []int  // place of each telling in order
	up       []int
	traits   []*traits // of groups of several, at their roots
	edges    []Join
	err      error // of reading a telling
}

// compared is with how many of a bucket each other of it is compared.
const compared = 64

// signBytes is what the signs of a telling take in memory, roughly.
const signBytes = 5000

// Groups groups tellings by study, and hands the groups over in no order that counts. How much memory that takes depends little on what
// the tellings say.
func Groups(t Tellings, room Room, give func(Group) error) error {
	n := t.Len()
	j := &joiner{tellings: t, room: room, lately: map[int]*signs{}, alone: make([]bool, n), rank: make([]int, n), up: make([]int, n), traits: make([]*traits, n)}
	for i := range j.up {
		j.up[i] = i
	}
	if err := j.arrange(); err != nil {
		return err
	}
	if err := j.meet(); err != nil {
		return err
	}
	return j.groups(give)
}

// sign returns the signs of a telling. What could not be read has none, and the error stays.
func (j *joiner) sign(i int) *signs {
	if s := j.lately[i]; s != nil {
		return s
	}
	t, err := j.tellings.Telling(i)
	if err != nil {
		j.err = err
		t = Telling{Report: &evidence.Report{}, Study: &evidence.Study{}}
	}
	s := signsOf(&t)
	s.alone = j.alone[i]
	if len(j.lately) >= max(2*compared, j.room.Bound/signBytes) {
		clear(j.lately)
	}
	j.lately[i] = s
	return s
}

// known returns what is known of a group.
func (j *joiner) known(root int) *traits {
	if t := j.traits[root]; t != nil {
		return t
	}
	return traitsOf(j.sign(root))
}

func (j *joiner) sorter() *spool.Sorter {
	return &spool.Sorter{Folder: j.room.Folder, Bound: j.room.Bound}
}

// number is a number as the body of a record; more may follow it.
func number(n int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) }

func numberOf(body []byte) int { return int(binary.BigEndian.Uint32(body)) }

// byKey hands over the bodies of sorted records key by key.
func byKey(s *spool.Sorter, take func(key string, bodies [][]byte) error) error {
	var last string
	var bodies [][]byte
	err := s.Each(func(key string, body []byte) error {
		if len(bodies) > 0 && key != last {
			if err := take(last, bodies); err != nil {
				return err
			}
			bodies = bodies[:0]
		}
		last, bodies = key, append(bodies, body)
		return nil
	})
	if err != nil || len(bodies) == 0 {
		return err
	}
	return take(last, bodies)
}

// arrange puts the tellings in order, and notes which are the only one that their document has of their report.
func (j *joiner) arrange() error {
	places := j.sorter()
	defer places.Close()
	const counted, placed = "0", "1"
	for i := range j.up {
		s := j.sign(i)
		key := s.document
		if s.telling.Study.SecondHand {
			key += "\x00" + s.telling.Study.Via
		}
		for _, k := range []string{counted + key, placed + s.place()} {
			if err := places.Add(k, number(i)); err != nil {
				return err
			}
		}
	}
	err := byKey(places, func(key string, bodies [][]byte) error {
		if key[:1] == counted {
			j.alone[numberOf(bodies[0])] = len(bodies) == 1
			return nil
		}
		for _, b := range bodies {
			j.rank[numberOf(b)] = len(j.order)
			j.order = append(j.order, numberOf(b))
		}
		return nil
	})
	for i, s := range j.lately {
		s.alone = j.alone[i]
	}
	if err == nil {
		err = j.err
	}
	return err
}

// meet joins the tellings, stage by stage, those that share a key in the order of the keys and of the tellings.
func (j *joiner) meet() error {
	const has, asks = 0, 1
	all := stages()
	keys := j.sorter()
	defer keys.Close()
	askers := make([][]int, len(all))
	for _, i := range j.order {
		s := j.sign(i)
		add := func(n int, list []string, what byte) error {
			for _, k := range list {
				if err := keys.Add(string(rune('0'+n))+k, append(number(i), what)); err != nil {
					return err
				}
			}
			return nil
		}
		for n, st := range all {
			if err := add(n, st.keys(s), has); err != nil {
				return err
			}
			if st.asks == nil {
				continue
			}
			asked := st.asks(s)
			if len(asked) > 0 {
				askers[n] = append(askers[n], i)
			}
			if err := add(n, asked, asks); err != nil {
				return err
			}
		}
	}
	at, owners := 0, map[string][]int{}
	end := func(n int) { // goes on to a stage
		for ; at < n; at++ {
			if find := all[at].find; find != nil {
				find(j, askers[at], owners)
				clear(owners)
			}
		}
	}
	err := byKey(keys, func(key string, bodies [][]byte) error {
		end(int(key[0] - '0'))
		var bucket []int
		asked := false
		for _, b := range bodies {
			if i := numberOf(b); b[4] == asks {
				asked = true
			} else if n := len(bucket); n == 0 || bucket[n-1] != i {
				bucket = append(bucket, i)
			}
		}
		switch st := all[at]; {
		case st.find != nil && asked:
			owners[key[1:]] = bucket
		case st.join != nil && len(bucket) > 1:
			st.join(j, bucket)
		}
		return j.err
	})
	if err != nil {
		return err
	}
	end(len(all))
	return j.err
}

// groups hands the groups over.
func (j *joiner) groups(give func(Group) error) error {
	members := slices.Clone(j.order) // the first of each group first: it is the root
	slices.SortStableFunc(members, func(a, b int) int { return j.rank[j.root(a)] - j.rank[j.root(b)] })
	joins := map[int][]Join{}
	for _, e := range j.edges {
		r := j.root(e.Tellings[0])
		joins[r] = append(joins[r], e)
	}
	var ends []int
	of := func(g int) []int {
		if g == 0 {
			return members[:ends[0]]
		}
		return members[ends[g-1]:ends[g]]
	}
	named := j.sorter()
	defer named.Close()
	for from := 0; from < len(members); {
		to := from + 1
		for to < len(members) && j.root(members[to]) == members[from] {
			to++
		}
		ends = append(ends, to)
		list := members[from:to]
		from = to
		if err := named.Add(j.groupID(list), append(number(len(ends)-1), j.groupName(list)...)); err != nil {
			return err
		}
	}
	return j.distinct(named, func(id string, body []byte) error {
		list := of(numberOf(body))
		g := Group{Members: slices.Clone(list), Parent: -1, ID: id, Name: string(body[4:]), Joins: joins[list[0]]}
		if j.sign(list[0]).standing() == ownReport {
			g.Parent = list[0]
		}
		if j.err != nil {
			return j.err
		}
		return give(g)
	}, of)
}

// distinct makes the identifiers of groups unique: two studies of one report have the study's own identifier added.
func (j *joiner) distinct(named *spool.Sorter, give func(id string, body []byte) error, of func(g int) []int) error {
	apart := j.sorter()
	defer apart.Close()
	err := byKey(named, func(id string, bodies [][]byte) error {
		for _, b := range bodies {
			it := id
			if len(bodies) > 1 {
				it += "." + j.sign(of(numberOf(b))[0]).study
			}
			if err := apart.Add(it, b); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return byKey(apart, func(id string, bodies [][]byte) error {
		slices.SortFunc(bodies, func(a, b []byte) int { return numberOf(a) - numberOf(b) })
		for n, b := range bodies {
			it := id
			if n > 0 {
				it = fmt.Sprintf("%s.%d", id, n+1)
			}
			if err := give(it, b); err != nil {
				return err
			}
		}
		return nil
	})
}
