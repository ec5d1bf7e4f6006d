package vocab

// Prepared returns what prepare made for a name the first time it was asked for, so that a package can work out its own
// tables from the vocabulary once and not for every document. The name is the asking package's. When several goroutines
// ask at once, prepare may run more than once and all get the same result; what it returns must not change afterwards.
func (v *Vocabulary) Prepared(name string, prepare func() any) any {
	if made, ok := v.prepared.Load(name); ok {
		return made
	}
	made, _ := v.prepared.LoadOrStore(name, prepare())
	return made
}
