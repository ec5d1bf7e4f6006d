package graph

import (
	"container/list"
	"sync"
)

// cacheBytes is how much of what was decoded is kept, roughly.
const cacheBytes = 96 << 20

// decodedBytes is what a quad takes when its document is decoded, roughly.
const decodedBytes = 200

// cache keeps what was decoded last from one state of the graph, within a bound. A commit makes a new one.
type cache struct {
	mu    sync.Mutex
	bound int
	cost  int
	at    map[string]*list.Element
	order *list.List // the last used first
}

type cached struct {
	key  string
	what any
	cost int
}

func newCache(bound int) *cache {
	return &cache{bound: bound, at: map[string]*list.Element{}, order: list.New()}
}

// get returns what is kept under a key, or nil.
func (c *cache) get(key string) any {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.at[key]
	if e == nil {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*cached).what
}

// put keeps something under a key, unless something is there already, and returns what is there.
func (c *cache) put(key string, what any, cost int) any {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.at[key]; e != nil {
		return e.Value.(*cached).what
	}
	c.at[key] = c.order.PushFront(&cached{key, what, cost})
	c.cost += cost
	for c.cost > c.bound && c.order.Len() > 1 {
		old := c.order.Remove(c.order.Back()).(*cached)
		delete(c.at, old.key)
		c.cost -= old.cost
	}
	return what
}

// tellingsOnce returns which documents tell of which studies, which make finds out where it is not kept.
func (v *view) tellingsOnce(make func() (*membership, error)) (*membership, error) {
	if t, ok := v.cache.get("tellings").(*membership); ok {
		return t, nil
	}
	t, err := make()
	if err != nil {
		return nil, err
	}
	return v.cache.put("tellings", t, 24*len(t.byStudy)).(*membership), nil
}
