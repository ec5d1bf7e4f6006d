package mention

import (
	"encoding/binary"
	"errors"
	"fmt"
)

const (
	// bits is the binary logarithm of the number of rows of the table of weights. Two features that fall into one row
	// share it.
	bits = 17
	// limit is the largest weight, either way. Weights are stored with it added, so that the weights of a token's features
	// can be summed side by side in 16 bits each: perToken * 2 * limit is less than 1<<16.
	limit = 1170
	magic = "picograph mention 1\n"
)

// weights are what a tagger knows: for each row of the table the weight of each label, and for each label the weight of
// the label after it.
type weights struct {
	table []byte // little-endian uint16, limit too much: row after row, one a label
	steps [labels][labels]int32
}

// parse reads weights: the magic line, the steps as little-endian int16, the table.
func parse(b []byte) (*weights, error) {
	const head = len(magic) + 2*labels*labels
	switch {
	case len(b) < len(magic) || string(b[:len(magic)]) != magic:
		return nil, errors.New("they do not begin with " + fmt.Sprintf("%q", magic))
	case len(b) != head+2*labels<<bits:
		return nil, fmt.Errorf("%d bytes, expected %d", len(b), head+2*labels<<bits)
	}
	w := &weights{table: b[head:]}
	for i := range labels * labels {
		w.steps[i/labels][i%labels] = int32(int16(binary.LittleEndian.Uint16(b[len(magic)+2*i:])))
	}
	for i := 0; i < len(w.table); i += 2 {
		if v := binary.LittleEndian.Uint16(w.table[i:]); v > 2*limit {
			return nil, fmt.Errorf("weight %d is out of bounds", i/2)
		}
	}
	return w, nil
}

// marshal writes weights as parse reads them.
func (w *weights) marshal() []byte {
	b := []byte(magic)
	for i := range labels * labels {
		b = binary.LittleEndian.AppendUint16(b, uint16(int16(w.steps[i/labels][i%labels])))
	}
	return append(b, w.table...)
}
