package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"filippo.io/torchwood"
	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type inclusion struct {
	Index int64       `json:"index"`
	Size  int64       `json:"size"`
	Path  []tlog.Hash `json:"path"`
}

type consistency struct {
	First  int64       `json:"first"`
	Second int64       `json:"second"`
	Path   []tlog.Hash `json:"path"`
}

type tile struct {
	Path   string `json:"path"`
	Digest string `json:"sha256"`
}

type place struct {
	Level any    `json:"level"`
	Index int64  `json:"index"`
	Width int    `json:"width"`
	Path  string `json:"path"`
}

type signed struct {
	Keys []string `json:"keys"`
	Text string   `json:"text"`
	Note string   `json:"note"`
}

// stored holds the hashes of a log in the order of golang.org/x/mod/sumdb/tlog.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for at, index := range indexes {
		hashes[at] = s[index]
	}
	return hashes, nil
}

func record(at int64) []byte { return []byte(fmt.Sprintf("record %d", at)) }

func grow(size int64) (stored, error) {
	var hashes stored
	for at := int64(0); at < size; at++ {
		added, err := tlog.StoredHashes(at, record(at), hashes)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, added...)
	}
	return hashes, nil
}

func rootOf(hashes stored, size int64) tlog.Hash {
	root, err := tlog.TreeHash(size, hashes)
	if err != nil {
		panic(err)
	}
	return root
}

func proveRecord(hashes stored, size, index int64) inclusion {
	path, err := tlog.ProveRecord(size, index, hashes)
	if err != nil {
		panic(err)
	}
	return inclusion{index, size, append([]tlog.Hash{}, path...)}
}

func proveTree(hashes stored, second, first int64) consistency {
	path, err := tlog.ProveTree(second, first, hashes)
	if err != nil {
		panic(err)
	}
	return consistency{first, second, append([]tlog.Hash{}, path...)}
}

// byOthers is the same proof by github.com/transparency-dev/merkle, which is another implementation than golang.org/x/mod.
func byOthers(leaves [][]byte, nodes proof.Nodes) []tlog.Hash {
	var hashes [][]byte
	factory := compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}
	for _, id := range nodes.IDs {
		begin, end := id.Coverage()
		r := factory.NewEmptyRange(0)
		for _, leaf := range leaves[begin:end] {
			r.Append(rfc6962.DefaultHasher.HashLeaf(leaf), nil)
		}
		hash, _ := r.GetRootHash(nil)
		hashes = append(hashes, hash)
	}
	folded, err := nodes.Rehash(hashes, rfc6962.DefaultHasher.HashChildren)
	if err != nil {
		panic(err)
	}
	path := []tlog.Hash{}
	for _, hash := range folded {
		path = append(path, tlog.Hash(hash))
	}
	return path
}

func compareWithOthers(hashes stored, limit int64) error {
	var leaves [][]byte
	for at := int64(0); at < limit; at++ {
		leaves = append(leaves, record(at))
	}
	for size := int64(1); size <= limit; size++ {
		for at := int64(0); at < size; at++ {
			nodes, err := proof.Inclusion(uint64(at), uint64(size))
			if err != nil {
				return err
			}
			if fmt.Sprint(byOthers(leaves, nodes)) != fmt.Sprint(proveRecord(hashes, size, at).Path) {
				return fmt.Errorf("the libraries differ about leaf %d of %d", at, size)
			}
			nodes, err = proof.Consistency(uint64(at+1), uint64(size))
			if err != nil {
				return err
			}
			if fmt.Sprint(byOthers(leaves, nodes)) != fmt.Sprint(proveTree(hashes, size, at+1).Path) {
				return fmt.Errorf("the libraries differ about %d in %d", at+1, size)
			}
		}
	}
	return nil
}

// digestAll is the SHA-256 over every path of every tree up to the limit, size by size.
func digestAll(hashes stored, limit int64) (inclusions, consistencies string) {
	a, b := sha256.New(), sha256.New()
	for size := int64(1); size <= limit; size++ {
		for at := int64(0); at < size; at++ {
			for _, hash := range proveRecord(hashes, size, at).Path {
				a.Write(hash[:])
			}
			for _, hash := range proveTree(hashes, size, at+1).Path {
				b.Write(hash[:])
			}
		}
	}
	return hex.EncodeToString(a.Sum(nil)), hex.EncodeToString(b.Sum(nil))
}

func makeTree(size int64) (map[string]any, error) {
	hashes, err := grow(size)
	if err != nil {
		return nil, err
	}
	if err := compareWithOthers(hashes, 70); err != nil {
		return nil, err
	}
	var tiles []tile
	for _, each := range tlog.NewTiles(torchwood.TileHeight, 0, size) {
		data, err := tlog.ReadTileData(each, hashes)
		if err != nil {
			return nil, err
		}
		digest := sha256.Sum256(data)
		tiles = append(tiles, tile{torchwood.TilePath(each), hex.EncodeToString(digest[:])})
	}
	roots := map[int64]tlog.Hash{}
	for _, each := range []int64{1, 2, 3, 255, 256, 257, 300, 4095, 65535, 65536, 65537, size} {
		roots[each] = rootOf(hashes, each)
	}
	inclusions, consistencies := digestAll(hashes, 130)
	return map[string]any{
		"size":                  size,
		"roots":                 roots,
		"tiles":                 tiles,
		"everyInclusionTo130":   inclusions,
		"everyConsistencyTo130": consistencies,
		"inclusion": []inclusion{
			proveRecord(hashes, size, 0), proveRecord(hashes, size, 65535), proveRecord(hashes, size, 65536), proveRecord(hashes, size, size-1),
			proveRecord(hashes, 65536, 255), proveRecord(hashes, 65537, 65536), proveRecord(hashes, 257, 256), proveRecord(hashes, 300, 123),
		},
		"consistency": []consistency{
			proveTree(hashes, size, 1), proveTree(hashes, size, 255), proveTree(hashes, size, 65536), proveTree(hashes, size, size-1),
			proveTree(hashes, 65536, 256), proveTree(hashes, 65537, 65536), proveTree(hashes, 257, 256), proveTree(hashes, 300, 123),
		},
	}, nil
}

func makePlaces() []place {
	var places []place
	for _, level := range []int{-1, 0, 1, 5, 63} {
		for _, index := range []int64{0, 7, 255, 999, 1000, 1234067, 999999999, 1000000000} {
			for _, width := range []int{1, 17, 255, 256} {
				if index > 999999 && width != 256 {
					continue
				}
				path := torchwood.TilePath(tlog.Tile{H: torchwood.TileHeight, L: level, N: index, W: width})
				named := place{level, index, width, path}
				if level == -1 {
					named.Level = "entries"
				}
				places = append(places, named)
			}
		}
	}
	return places
}

func makeBundle() (map[string]any, error) {
	records := []string{"", "a", "{\"v\":1}", "هوية"}
	var bytes []byte
	for _, each := range records {
		var err error
		if bytes, err = torchwood.AppendTileEntry(bytes, []byte(each)); err != nil {
			return nil, err
		}
	}
	return map[string]any{"records": records, "bytes": base64.StdEncoding.EncodeToString(bytes)}, nil
}

// seeded gives the same key at every run.
type seeded [32]byte

func (s seeded) Read(p []byte) (int, error) { return copy(p, s[:]), nil }

func seedOf(name string) seeded { return sha256.Sum256([]byte(name)) }

func logKey(name string) (note.Signer, string, error) {
	secret, public, err := note.GenerateKey(seedOf(name), name)
	if err != nil {
		return nil, "", err
	}
	signer, err := note.NewSigner(secret)
	return signer, public, err
}

func sign(text string, names ...string) (signed, error) {
	made := signed{Text: text}
	var signers []note.Signer
	for _, name := range names {
		signer, public, err := logKey(name)
		if err != nil {
			return made, err
		}
		signers, made.Keys = append(signers, signer), append(made.Keys, public)
	}
	bytes, err := note.Sign(&note.Note{Text: text}, signers...)
	made.Note = string(bytes)
	return made, err
}

func makeNotes() ([]signed, error) {
	var notes []signed
	for _, each := range []struct {
		text  string
		names []string
	}{
		{"one line\n", []string{"log.example"}},
		{"two lines\n\nwith an empty one between\n", []string{"log.example", "mirror.example/log"}},
		{"سجلّ هويّة\n", []string{"سجل.example"}},
		{"a\n\n— log.example in the text itself\n", []string{"log.example"}},
	} {
		made, err := sign(each.text, each.names...)
		if err != nil {
			return nil, err
		}
		notes = append(notes, made)
	}
	return notes, nil
}

func makeCosigned(root tlog.Hash, size int64) (map[string]any, error) {
	head := torchwood.Checkpoint{Origin: "log.example", Tree: tlog.Tree{N: size, Hash: root}}
	signer, public, err := logKey("log.example")
	if err != nil {
		return nil, err
	}
	var lines string
	witnesses := map[string]*torchwood.CosignatureSigner{}
	for _, name := range []string{"court", "authority", "press"} {
		seed := seedOf(name)
		witness, err := torchwood.NewCosignatureSigner(name+".example/witness", ed25519.NewKeyFromSeed(seed[:]))
		if err != nil {
			return nil, err
		}
		witnesses[name] = witness
		lines += fmt.Sprintf("witness %s %s\n", name, witness.Verifier())
	}
	policies := map[string]string{
		"all":    "group needed all court authority press\nquorum needed\n",
		"two":    "group needed 2 court authority press\nquorum needed\n",
		"nested": "group state any court authority\ngroup needed all state press\nquorum needed\n",
		"court":  "quorum court\n",
		"none":   "quorum none\n",
	}
	type verdict struct {
		Policy string `json:"policy"`
		By     string `json:"cosignedBy"`
		Holds  bool   `json:"holds"`
	}
	var verdicts []verdict
	notes := map[string]string{}
	for _, by := range [][]string{{}, {"court"}, {"press"}, {"court", "authority"}, {"authority", "press"}, {"court", "authority", "press"}} {
		signers := []note.Signer{signer}
		for _, name := range by {
			signers = append(signers, witnesses[name])
		}
		bytes, err := note.Sign(&note.Note{Text: head.String()}, signers...)
		if err != nil {
			return nil, err
		}
		notes[fmt.Sprint(by)] = string(bytes)
		for _, name := range []string{"all", "two", "nested", "court", "none"} {
			policy, err := torchwood.ParsePolicy([]byte(fmt.Sprintf("log %s\n%s%s", public, lines, policies[name])))
			if err != nil {
				return nil, err
			}
			_, _, err = torchwood.VerifyCheckpoint(bytes, policy)
			verdicts = append(verdicts, verdict{name, fmt.Sprint(by), err == nil})
		}
	}
	return map[string]any{"log": public, "witnesses": lines, "policies": policies, "notes": notes, "verdicts": verdicts, "size": size, "root": root}, nil
}

// cached reads the tiles that the go command fetched and checked when it downloaded the modules above.
type cached string

func (c cached) Height() int { return 8 }

func (c cached) SaveTiles([]tlog.Tile, [][]byte) {}

func (c cached) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, each := range tiles {
		bytes, err := os.ReadFile(filepath.Join(string(c), each.Path()))
		if err != nil {
			// The go command keeps the full tile where it had it.
			whole := each
			whole.W = 256
			if bytes, err = os.ReadFile(filepath.Join(string(c), whole.Path())); err != nil {
				return nil, err
			}
			bytes = bytes[:each.W*tlog.HashSize]
		}
		data = append(data, bytes)
	}
	return data, nil
}

const checksumKey = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"

// makeChecksumDatabase takes what the go command left behind: a record of the public checksum database, its proof, and the signed head.
func makeChecksumDatabase() (map[string]any, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return nil, err
	}
	folder := filepath.Join(home, "go/pkg/mod/cache/download/sumdb/sum.golang.org")
	lookup, err := os.ReadFile(filepath.Join(folder, "lookup/golang.org/x/mod@v0.42.0"))
	if err != nil {
		return nil, err
	}
	id, text, rest, err := tlog.ParseRecord(lookup)
	if err != nil {
		return nil, err
	}
	verifier, err := note.NewVerifier(checksumKey)
	if err != nil {
		return nil, err
	}
	opened, err := note.Open(rest, note.VerifierList(verifier))
	if err != nil {
		return nil, err
	}
	tree, err := tlog.ParseTree([]byte(opened.Text))
	if err != nil {
		return nil, err
	}
	path, err := tlog.ProveRecord(tree.N, id, tlog.TileHashReader(tree, cached(folder)))
	if err != nil {
		return nil, err
	}
	if err := tlog.CheckRecord(path, tree.N, tree.Hash, id, tlog.RecordHash(text)); err != nil {
		return nil, err
	}
	return map[string]any{"key": checksumKey, "head": string(rest), "index": id, "record": string(text), "path": path, "size": tree.N}, nil
}

func makeFixtures(name string) error {
	const size = 66_000
	tree, err := makeTree(size)
	if err != nil {
		return err
	}
	bundle, err := makeBundle()
	if err != nil {
		return err
	}
	notes, err := makeNotes()
	if err != nil {
		return err
	}
	cosigned, err := makeCosigned(tlog.Hash(sha256.Sum256([]byte("root"))), 42)
	if err != nil {
		return err
	}
	checksums, err := makeChecksumDatabase()
	if err != nil {
		return err
	}
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer file.Close()
	out := json.NewEncoder(file)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(map[string]any{
		"tree": tree, "places": makePlaces(), "bundle": bundle, "notes": notes, "cosigned": cosigned, "checksumDatabase": checksums,
	})
}
