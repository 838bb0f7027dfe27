package main

import (
	"bytes"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// x/oauth2 knows no private_key_jwt: this adds the assertion to whatever form it posts, to sign-in and refresh alike.
type signingTransport struct {
	signer             jose.Signer
	clientID, audience string
}

func newSigningTransport(file, clientID, audience string) (*signingTransport, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New(file + " is no PEM file")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, err
	}
	named := jose.SigningKey{Algorithm: jose.ES256, Key: jose.JSONWebKey{Key: key, KeyID: "pla-1"}}
	signer, err := jose.NewSigner(named, (&jose.SignerOptions{}).WithType("JWT"))
	return &signingTransport{signer, clientID, audience}, err
}

func (t *signingTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.Method != http.MethodPost {
		return http.DefaultTransport.RoundTrip(request)
	}
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	now := time.Now()
	assertion, err := jwt.Signed(t.signer).Claims(map[string]any{
		// The audience is the issuer, as one text; each assertion serves once.
		"iss": t.clientID, "sub": t.clientID, "aud": t.audience, "jti": rand.Text(), "iat": now.Unix(), "exp": now.Add(time.Minute).Unix(),
	}).Serialize()
	if err != nil {
		return nil, err
	}
	form.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
	form.Set("client_assertion", assertion)
	signed := request.Clone(request.Context())
	text := []byte(form.Encode())
	signed.Body, signed.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
	return http.DefaultTransport.RoundTrip(signed)
}
