// A service on go-oidc and x/oauth2. With KEY_FILE it signs with a key (class standard), with CLIENT_SECRET it holds a secret (class legacy).
package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
	"sync"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

type pending struct{ state, nonce, verifier string }

type person struct {
	subject, idToken string
	token            *oauth2.Token
	details          map[string]any
}

type visit struct {
	pending *pending
	person  *person
}

type service struct {
	address    string
	endSession string
	context    context.Context
	provider   *oidc.Provider
	oauth      oauth2.Config
	mutex      sync.Mutex
	visits     map[string]*visit
}

func main() {
	issuer, port := environment("ISSUER", "http://localhost:3000"), environment("PORT", "4180")
	s, err := newService(issuer, "http://localhost:"+port)
	if err != nil {
		log.Fatal(err)
	}
	for path, answer := range map[string]func(http.ResponseWriter, *http.Request, *visit) error{
		"GET /{$}": s.home, "GET /login": s.login, "GET /callback": s.callback, "GET /refresh": s.refresh, "GET /logout": s.logout,
	} {
		http.HandleFunc(path, s.withVisit(answer))
	}
	log.Fatal(http.ListenAndServe("127.0.0.1:"+port, nil))
}

func newService(issuer, address string) (*service, error) {
	s := &service{address: address, context: context.Background(), visits: map[string]*visit{}}
	s.oauth = oauth2.Config{ClientID: "pla-library", RedirectURL: address + "/callback", Scopes: []string{"openid", "offline_access"}}
	style := oauth2.AuthStyleInHeader
	if file := os.Getenv("KEY_FILE"); file != "" {
		signing, err := newSigningTransport(file, s.oauth.ClientID, issuer)
		if err != nil {
			return nil, err
		}
		s.context, style = oidc.ClientContext(s.context, &http.Client{Transport: signing}), oauth2.AuthStyleInParams
	} else {
		s.oauth.ClientSecret = os.Getenv("CLIENT_SECRET")
	}
	provider, err := oidc.NewProvider(s.context, issuer)
	if err != nil {
		return nil, err
	}
	var more struct {
		EndSession string `json:"end_session_endpoint"`
	}
	s.provider, s.oauth.Endpoint = provider, provider.Endpoint()
	s.oauth.Endpoint.AuthStyle = style
	err = provider.Claims(&more)
	s.endSession = more.EndSession
	return s, err
}

func (s *service) home(w http.ResponseWriter, _ *http.Request, v *visit) error {
	if v.person == nil {
		_, err := fmt.Fprintln(w, "Nobody is signed in. Open /login.")
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	return json.NewEncoder(w).Encode(v.person.details)
}

func (s *service) login(w http.ResponseWriter, r *http.Request, v *visit) error {
	v.pending = &pending{state: rand.Text(), nonce: rand.Text(), verifier: oauth2.GenerateVerifier()}
	// A refresh token needs prompt=consent. Leave offline_access and prompt out where you need none.
	asked := []oauth2.AuthCodeOption{
		oidc.Nonce(v.pending.nonce), oauth2.S256ChallengeOption(v.pending.verifier), oauth2.SetAuthURLParam("prompt", "consent"),
	}
	http.Redirect(w, r, s.oauth.AuthCodeURL(v.pending.state, asked...), http.StatusFound)
	return nil
}

func (s *service) callback(w http.ResponseWriter, r *http.Request, v *visit) error {
	begun, answer := v.pending, r.URL.Query()
	v.pending = nil
	if begun == nil || answer.Get("state") != begun.state {
		return errors.New("the state is not the one that was sent")
	}
	if refusal := answer.Get("error"); refusal != "" {
		return fmt.Errorf("%s: %s", refusal, answer.Get("error_description"))
	}
	token, err := s.oauth.Exchange(s.context, answer.Get("code"), oauth2.VerifierOption(begun.verifier))
	if err != nil {
		return err
	}
	raw, _ := token.Extra("id_token").(string)
	idToken, err := s.provider.Verifier(&oidc.Config{ClientID: s.oauth.ClientID}).Verify(s.context, raw)
	if err != nil {
		return err
	}
	if idToken.Nonce != begun.nonce { // go-oidc leaves this to you
		return errors.New("the nonce is not the one that was sent")
	}
	return s.keep(w, r, &person{subject: idToken.Subject, idToken: raw, token: token})
}

func (s *service) refresh(w http.ResponseWriter, r *http.Request, v *visit) error {
	if v.person == nil {
		return errors.New("nobody is signed in")
	}
	// Without an access token in it, the source asks for a new one at once.
	token, err := s.oauth.TokenSource(s.context, &oauth2.Token{RefreshToken: v.person.token.RefreshToken}).Token()
	if err != nil {
		return err
	}
	return s.keep(w, r, &person{subject: v.person.subject, idToken: v.person.idToken, token: token})
}

func (s *service) logout(w http.ResponseWriter, r *http.Request, v *visit) error {
	target := s.address + "/"
	if v.person != nil {
		asked := url.Values{"id_token_hint": {v.person.idToken}, "post_logout_redirect_uri": {target}}
		target = s.endSession + "?" + asked.Encode()
	}
	v.person = nil
	http.Redirect(w, r, target, http.StatusFound)
	return nil
}

// Reads the details, and keeps the person under a new cookie, which nobody can have planted before the sign-in.
func (s *service) keep(w http.ResponseWriter, r *http.Request, p *person) error {
	info, err := s.provider.UserInfo(s.context, oauth2.StaticTokenSource(p.token))
	if err != nil {
		return err
	}
	if info.Subject != p.subject {
		return errors.New("UserInfo speaks of another person")
	}
	if err := info.Claims(&p.details); err != nil {
		return err
	}
	if before, err := r.Cookie("visit"); err == nil {
		delete(s.visits, before.Value)
	}
	s.begin(w, &visit{person: p})
	http.Redirect(w, r, "/", http.StatusFound)
	return nil
}

func (s *service) begin(w http.ResponseWriter, v *visit) {
	number := rand.Text()
	s.visits[number] = v
	http.SetCookie(w, &http.Cookie{Name: "visit", Value: number, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// One request after the other: enough for an example.
func (s *service) withVisit(answer func(http.ResponseWriter, *http.Request, *visit) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.mutex.Lock()
		defer s.mutex.Unlock()
		v := &visit{}
		if cookie, err := r.Cookie("visit"); err == nil && s.visits[cookie.Value] != nil {
			v = s.visits[cookie.Value]
		} else {
			s.begin(w, v)
		}
		if err := answer(w, r, v); err != nil {
			log.Print(err)
			http.Error(w, "The sign-in did not succeed.", http.StatusForbidden)
		}
	}
}

func environment(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}
