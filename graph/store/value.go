package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

// The dictionary keeps values as byte strings whose order is the order of the values: a class, and then what it takes for
// values of that class to be in order and for the value to come back exactly. Numbers of all types stand in the order of
// their size, exact to the last digit; times in the order of time.
const (
	classBlank  = 0x01
	classIRI    = 0x02
	classNumber = 0x03
	classTruth  = 0x04
	classTime   = 0x05
	classString = 0x06
	classLang   = 0x07
	classTyped  = 0x08
	longBit     = 0x20 // strings, long: their leaves are compressed
	classBlob   = 0x40 // bytes, which lie apart
)

// longFrom is the length from which a string counts as long.
const longFrom = 64

// isLong reports whether a string of the dictionary is of a class that is compressed.
func isLong(key []byte) bool { return len(key) > 0 && key[0]&longBit != 0 }

const xsd = "http://www.w3.org/2001/XMLSchema#"

// numberTypes are the types whose values are numbers. Their places in this list are stored: new ones go to the end.
var numberTypes = []string{
	xsd + "integer", xsd + "decimal", xsd + "double", xsd + "float", xsd + "int", xsd + "long", xsd + "short", xsd + "byte",
	xsd + "nonNegativeInteger", xsd + "positiveInteger", xsd + "nonPositiveInteger", xsd + "negativeInteger",
	xsd + "unsignedInt", xsd + "unsignedLong", xsd + "unsignedShort", xsd + "unsignedByte",
}

// timeTypes are the types whose values are points in time, with the forms that are understood.
var timeTypes = []struct {
	iri   string
	forms []string
}{
	{xsd + "dateTime", []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999"}},
	{xsd + "date", []string{"2006-01-02", "2006-01-02Z07:00"}},
	{xsd + "gYearMonth", []string{"2006-01"}},
	{xsd + "gYear", []string{"2006"}},
}

// typeNumbers finds a type in the lists above.
var typeNumbers = func() map[string]int {
	m := map[string]int{}
	for i, t := range numberTypes {
		m[t] = i
	}
	for i, t := range timeTypes {
		m[t.iri] = i
	}
	return m
}()

// term appends the dictionary's form of a value. blob is what lies apart of it, if anything.
func term(b []byte, v quad.Value) (key, blob []byte, err error) {
	switch v := v.(type) {
	case quad.IRI:
		return text(b, classIRI, string(v)), nil, valid(string(v))
	case quad.String:
		return text(b, classString, string(v)), nil, valid(string(v))
	case quad.TypedString:
		if err := valid(string(v.Value)); err != nil {
			return b, nil, err
		}
		return literal(b, string(v.Value), string(v.Type.Full()))
	case quad.BNode:
		return text(b, classBlank, string(v)), nil, valid(string(v))
	case quad.LangString:
		return text(b, classLang, v.Lang+"\x00"+string(v.Value)), nil, valid(string(v.Value))
	case quad.Int:
		return literal(b, strconv.FormatInt(int64(v), 10), xsd+"integer")
	case quad.Float:
		return literal(b, formatFloat(float64(v)), xsd+"double")
	case quad.Bool:
		return append(b, classTruth, truthByte(bool(v))), nil, nil
	case quad.Time:
		return literal(b, time.Time(v).UTC().Format(time.RFC3339Nano), xsd+"dateTime")
	case nil:
		return b, nil, fmt.Errorf("there is no value")
	}
	return b, nil, fmt.Errorf("values of the type %T cannot be kept", v)
}

func valid(s string) error {
	if !utf8.ValidString(s) {
		return fmt.Errorf("the value %.40q is not valid UTF-8", s)
	}
	return nil
}

func truthByte(t bool) byte {
	if t {
		return 1
	}
	return 0
}

func formatFloat(f float64) string { return strconv.FormatFloat(f, 'E', -1, 64) }

// text appends a string of a class, which is another one when the string is long; only nodes have one class for all.
func text(b []byte, class byte, s string) []byte {
	if len(s) >= longFrom && class != classIRI && class != classBlank {
		class |= longBit
	}
	return append(append(b, class), s...)
}

// literal appends a typed literal.
func literal(b []byte, s, typ string) (key, blob []byte, err error) {
	switch i, known := typeNumbers[typ]; {
	case typ == xsd+"boolean" && (s == "true" || s == "false"):
		return append(b, classTruth, truthByte(s == "true")), nil, nil
	case typ == xsd+"base64Binary" && len(s) >= longFrom:
		raw, err := base64.StdEncoding.Strict().DecodeString(s)
		if err == nil && base64.StdEncoding.EncodedLen(len(raw)) == len(s) {
			sum := sha256.Sum256(raw)
			return append(append(b, classBlob), sum[:blobSum]...), raw, nil
		}
	case known && timeType(typ):
		if t, ok := parseTime(s, i); ok {
			return append(append(append(b, classTime), timeKey(t, i)...), s...), nil, nil
		}
	case known:
		start := len(b)
		b = append(b, classNumber)
		if n, plain, ok := numberKey(b, s); ok {
			b = append(n, byte(i))
			if s != plain {
				b = append(b, s...)
			}
			return b, nil, nil
		}
		b = b[:start]
	}
	return text(b, classTyped, typ+"\x00"+s), nil, nil
}

func timeType(typ string) bool {
	for _, t := range timeTypes {
		if t.iri == typ {
			return true
		}
	}
	return false
}

func parseTime(s string, i int) (time.Time, bool) {
	for _, form := range timeTypes[i].forms {
		if t, err := time.Parse(form, s); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// timeKey is 13 bytes: seconds, nanoseconds, type.
func timeKey(t time.Time, i int) []byte {
	k := binary.BigEndian.AppendUint64(nil, uint64(t.Unix())+1<<63)
	return append(binary.BigEndian.AppendUint32(k, uint32(t.Nanosecond())), byte(i))
}

// The signs of numbers, in their order.
const (
	minusInfinite = iota
	minus
	zero
	plus
	plusInfinite
	notNumber
)

// numberKey appends the key of the size of a number as XML Schema writes it. plain is the shortest way to write the number
// without exponent, which need not be kept. Two ways to write one number have one key.
func numberKey(b []byte, s string) (key []byte, plain string, ok bool) {
	switch s {
	case "INF", "+INF":
		return append(b, plusInfinite), "INF", true
	case "-INF":
		return append(b, minusInfinite), "-INF", true
	case "NaN":
		return append(b, notNumber), "NaN", true
	}
	negative, digits, exp, ok := digitsOf(s)
	if !ok {
		return b, "", false
	}
	if digits == "" {
		return append(b, zero), "0", true
	}
	at := len(b)
	b = append(b, plus)
	b = binary.BigEndian.AppendUint16(b, uint16(exp+1<<15))
	b = append(b, digits...)
	b = append(b, 0)
	if negative {
		b[at] = minus
		for i := at + 1; i < len(b); i++ {
			b[i] ^= 0xff
		}
	}
	return b, plainNumber(negative, digits, exp), true
}

// digitsOf takes a number apart: 0.DIGITS times ten to the power of exp, the digits without zeros at either end.
func digitsOf(s string) (negative bool, digits string, exp int, ok bool) {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		negative, s = s[0] == '-', s[1:]
	}
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		var err error
		if exp, err = strconv.Atoi(s[i+1:]); err != nil || exp < -10000 || exp > 10000 {
			return
		}
		s = s[:i]
	}
	whole, part, _ := strings.Cut(s, ".")
	digits = whole + part
	if digits == "" || len(digits) > 1000 || strings.Trim(digits, "0123456789") != "" {
		return
	}
	exp += len(whole)
	short := strings.TrimLeft(digits, "0")
	exp -= len(digits) - len(short)
	return negative, strings.TrimRight(short, "0"), exp, true
}

// plainNumber writes a number without exponent; a very large or small one with.
func plainNumber(negative bool, digits string, exp int) string {
	s := ""
	if negative {
		s = "-"
	}
	switch {
	case exp > 40 || exp < -40:
		return s + "0." + digits + "E" + strconv.Itoa(exp)
	case exp <= 0:
		return s + "0." + strings.Repeat("0", -exp) + digits
	case exp >= len(digits):
		return s + digits + strings.Repeat("0", exp-len(digits))
	}
	return s + digits[:exp] + "." + digits[exp:]
}

// parseNumber takes apart what numberKey made, and returns what stands behind it.
func parseNumber(k []byte) (plain string, rest []byte, ok bool) {
	if len(k) == 0 {
		return "", nil, false
	}
	sign, k := k[0], k[1:]
	switch sign {
	case minusInfinite:
		return "-INF", k, true
	case plusInfinite:
		return "INF", k, true
	case notNumber:
		return "NaN", k, true
	case zero:
		return "0", k, true
	case minus, plus:
	default:
		return "", nil, false
	}
	mask := byte(0)
	if sign == minus {
		mask = 0xff
	}
	end := bytes.IndexByte(k, mask)
	if len(k) > 2 {
		end = bytes.IndexByte(k[2:], mask) + 2
	}
	if end < 3 {
		return "", nil, false
	}
	exp := int(uint16(k[0]^mask)<<8|uint16(k[1]^mask)) - 1<<15
	digits := make([]byte, 0, end)
	for _, c := range k[2:end] {
		digits = append(digits, c^mask)
	}
	return plainNumber(sign == minus, string(digits), exp), k[end+1:], true
}

// value turns a key of the dictionary back. Literals come as they were written, with their type: native asks for Cayley's
// own types of whole numbers, floating point numbers, truth and time where these write the same.
func value(key []byte, native bool, blob func() ([]byte, error)) (quad.Value, error) {
	if len(key) == 0 {
		return nil, damaged("a value is empty")
	}
	s := string(key[1:])
	switch key[0] &^ longBit {
	case classIRI:
		return quad.IRI(s), nil
	case classString:
		return quad.String(s), nil
	case classBlank:
		return quad.BNode(s), nil
	case classLang:
		lang, s, _ := strings.Cut(s, "\x00")
		return quad.LangString{Value: quad.String(s), Lang: lang}, nil
	case classTyped:
		typ, s, _ := strings.Cut(s, "\x00")
		return quad.TypedString{Value: quad.String(s), Type: quad.IRI(typ)}, nil
	case classTruth:
		if native {
			return quad.Bool(s == "\x01"), nil
		}
		return typed(strconv.FormatBool(s == "\x01"), xsd+"boolean"), nil
	case classNumber:
		return number(key[1:], native)
	case classTime:
		if len(key) < 14 || int(key[13]) >= len(timeTypes) {
			return nil, damaged("a time does not hold what it should")
		}
		s := string(key[14:])
		if t, err := time.Parse(time.RFC3339Nano, s); native && err == nil && key[13] == 0 && t.UTC().Format(time.RFC3339Nano) == s {
			return quad.Time(t.UTC()), nil
		}
		return typed(s, timeTypes[key[13]].iri), nil
	case classBlob:
		b, err := blob()
		return typed(base64.StdEncoding.EncodeToString(b), xsd+"base64Binary"), err
	}
	return nil, damaged("a value is of an unknown class")
}

func typed(s, typ string) quad.TypedString {
	return quad.TypedString{Value: quad.String(s), Type: quad.IRI(typ)}
}

// number turns the key of a number back.
func number(k []byte, native bool) (quad.Value, error) {
	s, rest, ok := parseNumber(k)
	if !ok || len(rest) == 0 || int(rest[0]) >= len(numberTypes) {
		return nil, damaged("a number does not hold what it should")
	}
	if len(rest) > 1 {
		s = string(rest[1:])
	}
	typ := numberTypes[rest[0]]
	if native && typ == xsd+"integer" {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil && strconv.FormatInt(n, 10) == s {
			return quad.Int(n), nil
		}
	}
	if native && typ == xsd+"double" {
		if f, err := strconv.ParseFloat(s, 64); err == nil && formatFloat(f) == s {
			return quad.Float(f), nil
		}
	}
	return typed(s, typ), nil
}

// blobSum is how many bytes of the SHA-256 of what lies apart stand for it.
const blobSum = 16

// keyLength is how much of an entry of the dictionary is the value; behind it stands where it lies, when it lies apart.
func keyLength(entry []byte) int {
	if len(entry) > 1+blobSum && entry[0] == classBlob {
		return 1 + blobSum
	}
	return len(entry)
}

// blobAt reads where what lies apart lies.
func blobAt(entry []byte) (place, error) {
	d := decoder{b: entry[keyLength(entry):]}
	p := place{int64(d.uint()), uint32(d.uint())}
	return p, d.err
}

func appendPlace(b []byte, p place) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(b, uint64(p.off)), uint64(p.size))
}
