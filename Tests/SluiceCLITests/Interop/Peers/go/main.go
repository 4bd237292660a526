// The peer program on Go's crypto/tls; see ../README.md.
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// settings are the KEY=VALUE arguments.
type settings map[string]string

func (s settings) list(key, separator string) []string {
	if s[key] == "" {
		return nil
	}
	return strings.Split(s[key], separator)
}

func (s settings) number(key string, otherwise int) int {
	if n, err := strconv.Atoi(s[key]); err == nil {
		return n
	}
	return otherwise
}

// isPlain tells whether there is no TLS.
func (s settings) isPlain() bool { return s["plain"] == "yes" }

func main() {
	s := settings{}
	for _, argument := range os.Args[1:] {
		key, value, _ := strings.Cut(argument, "=")
		s[key] = value
	}
	if s["role"] == "server" {
		serve(s)
	} else {
		connect(s)
	}
}

// report prints one line: a word and pairs of key and value.
func report(word string, pairs ...string) {
	line := word
	for i := 0; i < len(pairs); i += 2 {
		line += "\t" + pairs[i] + "=" + strings.ReplaceAll(pairs[i+1], "\t", " ")
	}
	fmt.Println(line)
}

func fatal(err error) {
	report("failed", "words", err.Error())
	os.Exit(1)
}
