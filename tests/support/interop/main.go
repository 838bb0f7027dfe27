// Makes a log with the libraries of others (golang.org/x/mod/sumdb, filippo.io/torchwood, github.com/transparency-dev/merkle), for Huwiya to read; and reads
// with them a log that Huwiya made. `go run -tags faketime . make theirs.json`, `go run . check ours.json`. No part of the product.
package main

import (
	"fmt"
	"os"
)

func main() {
	commands := map[string]func(string) error{"make": makeFixtures, "check": checkHuwiya}
	if len(os.Args) != 3 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: make FILE | check FILE")
		os.Exit(2)
	}
	if err := commands[os.Args[1]](os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
