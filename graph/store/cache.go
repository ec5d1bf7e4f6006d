package store

import (
	"container/list"
	"sync"
)

// cache keeps the blocks used last, within a bound. Blocks never change, so what is cached is never stale.
type cache struct {
	mu    sync.Mutex
	bound int64
	bytes int64
	at    map[int64]*list.Element // by offset
	order *list.List              // the last used first
}

type cached struct {
	off   int64
	block any // *inner, or *leaf
	cost  int64
}

func newCache(bound int64) *cache {
	return &cache{bound: bound, at: map[int64]*list.Element{}, order: list.New()}
}

func (c *cache) get(off int64) any {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.at[off]
	if e == nil {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*cached).block
}

func (c *cache) put(off int64, block any, cost int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at[off] != nil {
		return
	}
	c.at[off] = c.order.PushFront(&cached{off, block, int64(cost) + 100})
	c.charge(int64(cost) + 100)
}

// grow notes that a block takes more than before.
func (c *cache) grow(off int64, cost int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.at[off]; e != nil {
		e.Value.(*cached).cost += int64(cost)
		c.charge(int64(cost))
	}
}

// charge makes room for what was added.
func (c *cache) charge(cost int64) {
	c.bytes += cost
	for c.bytes > c.bound && c.order.Len() > 1 {
		last := c.order.Back()
		old := c.order.Remove(last).(*cached)
		delete(c.at, old.off)
		c.bytes -= old.cost
	}
}

// forget drops what lies at or behind an offset: a change that failed may have left other bytes there.
func (c *cache) forget(from int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for off, e := range c.at {
		if off >= from {
			c.bytes -= c.order.Remove(e).(*cached).cost
			delete(c.at, off)
		}
	}
}
