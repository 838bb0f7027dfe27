package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// ours is what Huwiya made: a log of `size` entries as it serves it.
type ours struct {
	LogKey     string `json:"logKey"`
	Policy     string `json:"policy"`
	Checkpoint string `json:"checkpoint"`
	Cosigned   string `json:"cosigned"`
	Tiles      []struct {
		Path  string `json:"path"`
		Bytes string `json:"bytes"`
	} `json:"tiles"`
	Inclusion   []inclusion         `json:"inclusion"`
	Consistency []consistency       `json:"consistency"`
	Roots       map[int64]tlog.Hash `json:"roots"`
}

func (o ours) Height() int { return torchwood.TileHeight }

func (o ours) SaveTiles([]tlog.Tile, [][]byte) {}

func (o ours) read(path string) ([]byte, error) {
	for _, each := range o.Tiles {
		if each.Path == path {
			return base64.StdEncoding.DecodeString(each.Bytes)
		}
	}
	return nil, fmt.Errorf("there is no tile %s", path)
}

func (o ours) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, each := range tiles {
		bytes, err := o.read(torchwood.TilePath(each))
		if err != nil {
			return nil, err
		}
		data = append(data, bytes)
	}
	return data, nil
}

// readLeaves gives the hash of each entry, from the bundles.
func (o ours) readLeaves(size int64) ([]tlog.Hash, error) {
	var leaves []tlog.Hash
	for index := int64(0); index*torchwood.TileWidth < size; index++ {
		width := min(size-index*torchwood.TileWidth, torchwood.TileWidth)
		bundle, err := o.read(torchwood.TilePath(tlog.Tile{H: torchwood.TileHeight, L: -1, N: index, W: int(width)}))
		if err != nil {
			return nil, err
		}
		for len(bundle) > 0 {
			var entry []byte
			if entry, bundle, err = torchwood.ReadTileEntry(bundle); err != nil {
				return nil, err
			}
			leaves = append(leaves, tlog.RecordHash(entry))
		}
	}
	return leaves, nil
}

func (o ours) checkProofs(leaves []tlog.Hash) error {
	for _, each := range o.Inclusion {
		if err := tlog.CheckRecord(each.Path, each.Size, o.Roots[each.Size], each.Index, leaves[each.Index]); err != nil {
			return fmt.Errorf("leaf %d of %d: %w", each.Index, each.Size, err)
		}
	}
	for _, each := range o.Consistency {
		if err := tlog.CheckTree(each.Path, each.Second, o.Roots[each.Second], each.First, o.Roots[each.First]); err != nil {
			return fmt.Errorf("%d in %d: %w", each.First, each.Second, err)
		}
	}
	return nil
}

func (o ours) checkTree() error {
	verifier, err := note.NewVerifier(o.LogKey)
	if err != nil {
		return err
	}
	head, _, err := torchwood.VerifyCheckpoint([]byte(o.Checkpoint), torchwood.ThresholdPolicy(2, torchwood.OriginPolicy(verifier.Name()), torchwood.SingleVerifierPolicy(verifier)))
	if err != nil {
		return err
	}
	leaves, err := o.readLeaves(head.N)
	if err != nil {
		return err
	}
	if int64(len(leaves)) != head.N {
		return fmt.Errorf("%d entries, and the checkpoint says %d", len(leaves), head.N)
	}
	tiles := tlog.TileHashReader(head.Tree, o)
	for at, leaf := range leaves {
		hashes, err := tiles.ReadHashes([]int64{tlog.StoredHashIndex(0, int64(at))})
		if err != nil {
			return err
		}
		if hashes[0] != leaf {
			return fmt.Errorf("entry %d is another than its hash", at)
		}
	}
	return o.checkProofs(leaves)
}

func checkHuwiya(name string) error {
	var o ours
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &o); err != nil {
		return err
	}
	if err := o.checkTree(); err != nil {
		return err
	}
	policy, err := torchwood.ParsePolicy([]byte(o.Policy))
	if err != nil {
		return err
	}
	if _, _, err := torchwood.VerifyCheckpoint([]byte(o.Cosigned), policy); err != nil {
		return fmt.Errorf("with witnesses: %w", err)
	}
	if _, _, err := torchwood.VerifyCheckpoint([]byte(o.Checkpoint), policy); err == nil {
		return fmt.Errorf("a checkpoint that nobody cosigned meets the policy")
	}
	fmt.Printf("accepted: checkpoint, %d tiles, %d paths, cosignatures\n", len(o.Tiles), len(o.Inclusion)+len(o.Consistency))
	return nil
}
