package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/picograph/picograph/graph/evidence"
)

// Bounds of JSON: how deep objects and lists may lie in each other before the records, and within one.
const (
	deepestRecord = 5
	deepestValue  = 60
	maxLost       = 20
)

// jsonText returns the bytes of a file that begins as JSON does, and where they begin in it; ok is false for others.
func jsonText(f File) (data []byte, at int, ok bool) {
	data = bytes.TrimLeft(bytes.TrimPrefix(f.Data, []byte("\uFEFF")), " \t\r\n")
	return data, f.Offset + len(f.Data) - len(data), len(data) > 1 && (data[0] == '{' || data[0] == '[')
}

// jsonRecord is an object of a JSON file that is a record, the name that it stands under, if it stands under one, and
// where it begins in the file.
type jsonRecord struct {
	gjson.Result
	name string
	at   int
	lost bool // it is not known where it stands
}

// nearby is how far a record may lie from where it should, in bytes, after a fault.
const nearby = 4096

// jsonReader hands out the records of a JSON file: the objects that is accepts, wherever they lie - one alone, in a
// list, under names, in a page that a server sent, one a line.
type jsonReader struct {
	data    []byte // from the first sign on
	skipped int    // bytes of the file before it
	is      func(gjson.Result) bool
	yield   func(jsonRecord) error

	records int
	last    int // where the last record ended
	broken  int // where the record began that was passed over last
	lostFor int // searches for the next record that found none
	bad     int // records that could not be used
	badAt   int
	badWhy  string
}

// first returns the first record of a file, as far as limit bytes tell. It does not matter there whether the file is valid.
func firstRecord(f File, is func(gjson.Result) bool) (found gjson.Result, ok bool) {
	data, _, ok := jsonText(f)
	if !ok {
		return found, false
	}
	stop := errors.New("found")
	r := jsonReader{data: data[:min(len(data), 1<<20)], is: is}
	r.yield = func(rec jsonRecord) error {
		found = rec.Result
		return stop
	}
	return found, errors.Is(r.each(), stop)
}

// each hands out the records in order. A record that is broken is passed over; the error at the end tells of the first.
func (r *jsonReader) each() error {
	end, between := 0, " \t\r\n,\x1e"
	for end < len(r.data) {
		rest := bytes.TrimLeft(r.data[end:], between)
		at := len(r.data) - len(rest)
		if len(rest) == 0 {
			break
		}
		v := gjson.ParseBytes(firstValue(rest))
		if !v.IsObject() && !v.IsArray() {
			if r.odd(at, "what is no object and no list"); bytes.IndexByte(rest, '\n') < 0 {
				break
			}
			end = at + bytes.IndexByte(rest, '\n')
			continue
		}
		if err := r.value(jsonRecord{Result: v, at: at}, 0); err != nil {
			return err
		}
		end = at + len(v.Raw)
		if last := v.Raw[len(v.Raw)-1]; end == len(r.data) && last != ']' && last != '}' && r.bad == 0 {
			r.odd(end-1, "the JSON ends within a list or a record")
		}
		if r.bad > 0 && r.broken >= max(at, r.last) {
			if next := r.resume(); next > at {
				end, between = next, " \t\r\n,\x1e]}"
			}
		}
	}
	return r.report()
}

// resume returns where, after a broken record that runs to the end of the file, the next one may begin: at the next
// brace that stands on a line as its own does.
func (r *jsonReader) resume() int {
	start := bytes.LastIndexByte(r.data[:r.broken], '\n') + 1
	if start == 0 && r.data[0] != '{' || len(bytes.TrimLeft(r.data[start:r.broken], " \t")) > 0 {
		return 0
	}
	sign := append([]byte("\n"), r.data[start:r.broken+1]...)
	if r.lostFor == maxLost { // each search that finds nothing goes through the rest of the file
		return 0
	}
	if i := bytes.Index(r.data[r.broken:], sign); i >= 0 {
		return r.broken + i + len(sign) - 1
	}
	r.lostFor++
	return 0
}

// firstValue returns the bytes of the object or list that data begins with, as far as they go: to its end, or to a line's end
// within a string, which no JSON has.
func firstValue(data []byte) []byte {
	depth, quoted := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted && c == '\n':
			return data[:i]
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth--; depth <= 0 {
				return data[:i+1]
			}
		}
		if depth == 0 && !quoted {
			return data
		}
	}
	return data
}

// value takes in an object or a list: a record, or what records lie in.
func (r *jsonReader) value(v jsonRecord, depth int) error {
	if v.IsObject() && r.is(v.Result) {
		return r.record(v)
	}
	if depth >= deepestRecord {
		return nil
	}
	before := r.records
	var err error
	v.ForEach(func(key, inner gjson.Result) bool {
		at := v.at + max(0, inner.Index-v.Index)
		switch {
		case inner.IsObject() || inner.IsArray():
			err = r.value(jsonRecord{Result: inner, name: key.String(), at: at}, depth+1)
		case v.IsArray() && depth == 0 && inner.Type != gjson.Null:
			r.odd(at, "a value that is no record")
		}
		return err == nil && !r.lost(at+len(inner.Raw))
	})
	if err != nil || r.records > before {
		return err
	}
	if at, why := invalidJSON(v.Raw); why != "" && v.IsObject() {
		r.broken = v.at
		r.odd(v.at+at, why)
	} else if depth == 0 && v.IsObject() {
		r.odd(v.at, "an object that is no record")
	}
	return nil
}

// lost reports whether a broken record took what follows it along: after its end, as far as it can be told, the list
// does not go on.
func (r *jsonReader) lost(end int) bool {
	if r.bad == 0 || r.broken < r.last {
		return false
	}
	rest := bytes.TrimLeft(r.data[min(end, len(r.data)):], " \t\r\n")
	return len(rest) == 0 || rest[0] != ',' && rest[0] != ']' && rest[0] != '}'
}

// record hands out a record that is valid JSON.
func (r *jsonReader) record(v jsonRecord) error {
	if at, why := invalidJSON(v.Raw); why != "" {
		r.broken = v.at
		r.odd(v.at+at, why)
		return nil
	}
	if from := max(0, v.at-nearby); !bytes.HasPrefix(r.data[min(v.at, len(r.data)):], []byte(v.Raw)) { // after a fault, places may be off
		i := bytes.Index(r.data[from:min(len(r.data), v.at+len(v.Raw)+nearby)], []byte(v.Raw))
		v.at, v.lost = from+max(i, 0), i < 0
	}
	r.records++
	r.last = v.at + len(v.Raw)
	v.at += r.skipped
	return r.yield(v)
}

// invalidJSON tells what makes a value no JSON, and where in it.
func invalidJSON(raw string) (at int, why string) {
	depth, quoted := 0, false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && (c == '{' || c == '['):
			if depth++; depth > deepestValue {
				return i, fmt.Sprintf("values that lie more than %d deep", deepestValue)
			}
		case !quoted && (c == '}' || c == ']'):
			depth--
		}
	}
	if gjson.Valid(raw) {
		return 0, ""
	}
	if depth > 0 || quoted {
		return len(raw) - 1, "the JSON ends within a record"
	}
	var syntax *json.SyntaxError
	if err := json.Unmarshal([]byte(raw), new(json.RawMessage)); errors.As(err, &syntax) {
		return int(max(syntax.Offset-1, 0)), "not valid JSON: " + undo(syntax.Error())
	}
	return 0, "not valid JSON"
}

// odd notes something that is passed over.
func (r *jsonReader) odd(at int, why string) {
	if r.bad++; r.bad == 1 {
		r.badAt, r.badWhy = r.skipped+at, why
	}
}

// report returns an error where something was passed over or nothing found.
func (r *jsonReader) report() error {
	switch {
	case r.bad > 1:
		return r.fault(fmt.Sprintf("%s (the first of %d places)", r.badWhy, r.bad))
	case r.bad == 1:
		return r.fault(r.badWhy)
	case r.records == 0:
		return &Error{Err: ErrEmpty, Detail: "it holds no records", Offset: -1, Hint: "check that the export or the search found something"}
	}
	return nil
}

func (r *jsonReader) fault(why string) error {
	hint := fmt.Sprintf("%d records were read; is the file cut off or edited by hand? Export or download it again", r.records)
	return &Error{Err: ErrBroken, Detail: why, Offset: min(r.badAt, r.skipped+len(r.data)-1), Hint: hint}
}

// extent returns the stretch of the file that the record is.
func (v jsonRecord) extent() evidence.Extent {
	if v.lost {
		return evidence.Extent{Start: v.at, End: v.at}
	}
	return evidence.Extent{Start: v.at, End: v.at + len(v.Raw)}
}

// where returns the stretch of the file that a value within the record is, if it can be told.
func (v jsonRecord) where(field gjson.Result) (evidence.Extent, bool) {
	i := field.Index - v.Index
	if v.lost || i <= 0 || i+len(field.Raw) > len(v.Raw) || v.Raw[i:i+len(field.Raw)] != field.Raw {
		return evidence.Extent{}, false
	}
	return evidence.Extent{Start: v.at + i, End: v.at + i + len(field.Raw)}, true
}

// told returns the first text of a value, with where it stands.
func (v jsonRecord) told(field gjson.Result) traced {
	if field.IsArray() {
		field = field.Get("0")
	}
	e, ok := v.where(field)
	if !ok || field.Type != gjson.String {
		return added(jsonString(field))
	}
	text := strings.ToValidUTF8(field.Str, "\uFFFD")
	return decoded(text, field.Raw[1:len(field.Raw)-1], e.Start+1, jsonEscape).trimmed()
}

// jsonEscape tells what an escape of a JSON string stands for.
func jsonEscape(s string) (string, int) {
	if s[0] != '\\' {
		return "", 0
	}
	n := 2
	if strings.HasPrefix(s, `\u`) {
		n = 6
		if len(s) >= 12 && s[6:8] == `\u` && s[2]|0x20 == 'd' && strings.IndexByte("89abAB", s[3]) >= 0 { // a pair of surrogates
			n = 12
		}
	}
	var plain string
	if len(s) < n || json.Unmarshal([]byte(`"`+s[:n]+`"`), &plain) != nil {
		return "", 0
	}
	return plain, n
}

// jsonStrings returns the text of a value: one string, or those of a list. Numbers are as printed.
func jsonStrings(v gjson.Result) []string {
	var out []string
	add := func(v gjson.Result) {
		switch v.Type {
		case gjson.String:
			out = append(out, nonEmpty(strings.TrimSpace(strings.ToValidUTF8(v.Str, "\uFFFD")))...)
		case gjson.Number:
			out = append(out, v.Raw)
		}
	}
	if v.IsArray() {
		v.ForEach(func(_, inner gjson.Result) bool {
			add(inner)
			return true
		})
	} else {
		add(v)
	}
	return out
}

// jsonString returns the first text of a value, or nothing.
func jsonString(v gjson.Result) string {
	if s := jsonStrings(v); len(s) > 0 {
		return s[0]
	}
	return ""
}

// jsonNames returns the names of people and groups in a value, "Family, Given": strings, or objects whose parts are
// named in the ways of CSL, Zotero, PubMed and others.
func jsonNames(v gjson.Result) []string {
	if v.IsObject() {
		return nonEmpty(jsonName(v))
	}
	if !v.IsArray() {
		var out []string
		names := jsonString(v)
		if strings.Contains(names, ", ") && !strings.Contains(names, ";") { // "Doe A, Roe B."
			names = strings.TrimSuffix(names, ".")
		}
		for _, name := range listedNames(names) {
			out = append(out, nonEmpty(familyFirst(name))...)
		}
		return out
	}
	var out []string
	v.ForEach(func(_, one gjson.Result) bool {
		if one.IsObject() {
			out = append(out, nonEmpty(jsonName(one))...)
		} else {
			out = append(out, nonEmpty(familyFirst(jsonString(one)))...)
		}
		return true
	})
	return out
}

// jsonName returns the name that an object tells, without those of other roles than author.
func jsonName(v gjson.Result) string {
	part := func(keys ...string) string {
		for _, k := range keys {
			if s := undo(jsonString(v.Get(k))); s != "" {
				return s
			}
		}
		return ""
	}
	if kind := part("creatorType"); kind != "" && kind != "author" && kind != "contributor" {
		return ""
	}
	family := part("family", "lastName", "LastName", "last_name", "lastname", "surname")
	if family == "" {
		if full := part("name", "fullName", "full_name", "display_name", "author.display_name"); full != "" && !strings.Contains(part(`\@type`), "Organization") {
			return turnedName(full)
		}
		return familyFirst(part("literal", "name", "CollectiveName", "collectiveName", "raw"))
	}
	if particle := part("non-dropping-particle", "dropping-particle"); particle != "" {
		family = particle + " " + family
	}
	given := part("given", "firstName", "ForeName", "foreName", "first_name", "firstname", "Initials", "initials")
	return personName(family, given, part("suffix", "Suffix"))
}
