// What each rule that can refuse a service means, and what its developers do about it, in English.

import type { TraceRule } from '../../src/domain/traces/rules.ts';

/** What it means, then what to do. */
export type RuleWords = readonly [means: string, fix: string];

export const enTraceRules: Readonly<Record<TraceRule, RuleWords>> = {
  'service/not-active': ['The service is suspended or retired.', 'Ask the operator why. Nothing in the request can change it.'],
  'client/not-proven': [
    'The request did not prove that it comes from the service.',
    'Send the authentication that is registered: client_assertion for private_key_jwt, a secret for client_secret_basic or client_secret_post.',
  ],
  'client/two-ways': [
    'The request proved who it is in two ways at once.',
    'Keep one: the Authorization header, client_secret, or client_assertion.',
  ],
  'client/other-method': [
    'The service proved itself in another way than the one registered.',
    'Use the registered token_endpoint_auth_method, or have the registration changed.',
  ],
  'client/secret-wrong': [
    'The client secret is not the registered one.',
    'Compare the secret in your configuration with the one you were given. In the Authorization header both halves are form-encoded first.',
  ],
  'client/header-unreadable': [
    'The Authorization header is not of the form that HTTP Basic has.',
    'Send "Basic" and the Base64 of client_id, a colon and the secret, each form-encoded first.',
  ],
  'keys/not-read': [
    'The keys of the service could not be read from its jwks_uri, so that nothing it signs can be checked.',
    'The address has to answer 200 within 2.5 seconds with a JSON key set: no redirect, and a certificate that is trusted here. After a failure it is asked again in 30 seconds. The operator sees the cause in the log, under "keys not read".',
  ],
  'assertion/unreadable': ['client_assertion is no signed JWT.', 'Send the compact form: three parts with dots between them.'],
  'assertion/type': ['client_assertion_type is missing or another.', 'Send urn:ietf:params:oauth:client-assertion-type:jwt-bearer.'],
  'assertion/algorithm': [
    'The assertion is signed in an algorithm that is not accepted here.',
    'Sign with ES256, PS256 or EdDSA, or with the one that your service registered.',
  ],
  'assertion/key': [
    'The kid of the assertion names no key of the service.',
    'Sign with a key whose public half is registered, under its kid. Register a new key before you use it.',
  ],
  'assertion/issuer': ['iss and sub of the assertion are not both the client_id.', 'Set both to the client_id of the service.'],
  'assertion/audience': [
    'aud of the assertion is not the issuer.',
    'Set aud to the issuer of discovery, as one string. The token endpoint and a list are not accepted.',
  ],
  'assertion/time': [
    'The assertion is too old, from the future, or lives too long.',
    'Set iat to now and exp at most 300 seconds later. Check that the clock of your server is set by the network.',
  ],
  'assertion/id': [
    'jti of the assertion is missing or too long.',
    'Set jti to a new random value for each request, of at most 128 characters.',
  ],
  'assertion/signature': [
    'The signature of the assertion does not match a registered key.',
    'Sign with the private half of the registered key. Check that test and production keys were not exchanged.',
  ],
  'assertion/replayed': [
    'The assertion was used before.',
    'Make a new assertion with a new jti for every request, also when you repeat one.',
  ],
  'certificate/missing': [
    'No certificate came with the request, or only one that has ended or not begun, or it went to an ordinary address, where none is looked at.',
    'Call the addresses in mtls_endpoint_aliases of discovery, which many libraries do once use_mtls_endpoint_aliases is set, and give your HTTP client the certificate and its key.',
  ],
  'certificate/refused': [
    'The certificate of the request is none of this service: nobody we trust issued it, it is not for clients, or it carries another name than the registered one.',
    'Compare the name with the registered one (openssl x509 -noout -subject -nameopt RFC2253), send the certificates between yours and the authority along, and ask the operator which authorities are trusted.',
  ],
  'redirect-uri/missing': ['redirect_uri is missing.', 'Send the registered redirect_uri with every authorization request.'],
  'redirect-uri/unregistered': [
    'redirect_uri is not one of those that the service registered. The person was not sent there.',
    'Compare letter by letter, a slash at the end too. Change the request, or have the address registered.',
  ],
  'response-type/refused': ['response_type is not one that the service may use.', 'Send response_type=code.'],
  'response-mode/refused': ['response_mode is not one that the service may use.', 'Leave it out, or register form_post.'],
  'scope/openid-missing': ['scope does not hold openid.', 'Send scope=openid, and further scopes after it.'],
  'scope/refused': [
    'A scope was asked that the service may not ask.',
    'Ask for registered scopes only. A refresh can ask for no more than the first time.',
  ],
  'pkce/missing': [
    'The request has no code_challenge.',
    'Turn on PKCE with S256 in your library. Only services of the class legacy may do without.',
  ],
  'pkce/method': ['code_challenge_method is not S256.', 'Send code_challenge_method=S256. The plain method is not accepted.'],
  'pkce/form': [
    'code_challenge or code_verifier has a form that it cannot have.',
    'Use 43 to 128 letters, digits, and the marks - . _ ~. The challenge is the Base64url of the SHA-256 of the verifier.',
  ],
  'pkce/verifier-missing': [
    'The code was asked for with a code_challenge, and no code_verifier came with it.',
    'Send the code_verifier of this sign-in in the token request. Keep it with the state until then.',
  ],
  'pkce/mismatch': [
    'code_verifier does not belong to the code_challenge of this sign-in.',
    'Keep the verifier with the state of each sign-in. Two tabs must not share one.',
  ],
  'par/needed': [
    'This service has to push its authorization request first.',
    'Send the parameters to the pushed authorization request endpoint, and the person with the request_uri.',
  ],
  'par/unusable': [
    'request_uri is unknown, used before, or older than its life.',
    'Push anew for every sign-in, and send the person on at once.',
  ],
  'request-object/needed': [
    'This service has to sign its requests, and this one is not signed.',
    'Send the parameters as a signed request object, in request.',
  ],
  'request-object/unregistered': [
    'A request object was sent, and the service did not register that it signs its requests.',
    'Register request_object_signing_alg, or send the parameters as they are.',
  ],
  'request-object/unreadable': [
    'request is no signed JWT.',
    'Send the compact form: three parts with dots between them. It is not encrypted.',
  ],
  'request-object/algorithm': [
    'The request object is signed in an algorithm that is not accepted here.',
    'Sign with ES256, PS256 or EdDSA, or with the one in request_object_signing_alg where your service registered it. none and RS256 are not accepted.',
  ],
  'request-object/key': [
    'The kid of the request object names no key of the service.',
    'Sign with a key whose public half is registered, under its kid. Register a new key before you use it.',
  ],
  'request-object/members': [
    'A member of the request object is missing or is not what it has to be.',
    'Set iss and client_id to the client_id, aud to the issuer, nbf to now and exp at most 60 minutes later; leave sub out. The words of the answer may name the member.',
  ],
  'request-object/signature': [
    'The signature of the request object does not match a registered key.',
    'Sign with the private half of the registered key. Check that test and production keys were not exchanged.',
  ],
  'request-object/refused': [
    'A request object was sent that is not accepted.',
    'Look at the words of the answer. A request object holds the parameters themselves, once each, and neither request nor request_uri.',
  ],
  'parameter/twice': ['A parameter came twice.', 'Send each parameter once.'],
  'parameter/missing': [
    'A parameter that is needed is missing.',
    'The names below are those that came. Add what the specification of this endpoint asks for.',
  ],
  'prompt/refused': [
    'prompt holds a word that is not known, or none together with another.',
    'Send none alone, or login, consent and select_account.',
  ],
  'max-age/refused': ['max_age is no number of seconds.', 'Send a whole number.'],
  'claims/refused': [
    'claims is no JSON object that can be read, or something in it is neither null nor an object.',
    'Send an object with userinfo or id_token, and null or an object under each name. Under verified_claims a list of objects is right too.',
  ],
  'hint/refused': [
    'id_token_hint is no ID token of this service that can be read.',
    'Send an ID token as this issuer gave it, or leave it out.',
  ],
  'purpose/unknown': ['purpose names no purpose of this service.', 'Use the id of a purpose in force. "huwiya agencies show" lists them.'],
  'resource/refused': ['The resource is not one that the service may have tokens for.', 'Ask for registered resources only.'],
  'person/not-signed-in': [
    'prompt=none was asked and nobody is signed in.',
    'This is a normal answer. Ask again without prompt=none when the person presses sign in.',
  ],
  'person/another': [
    'The request named a person (id_token_hint or sub), and somebody else is signed in or confirmed.',
    'This is a normal answer. Send the person without prompt=none: only the one you named gets through. To let anybody in, leave the hint out.',
  ],
  'person/sign-in-too-old': [
    'prompt=none was asked and the last sign-in is older than max_age.',
    'This is a normal answer. Ask again without prompt=none when the person presses sign in.',
  ],
  'person/fresh-sign-in-asked': [
    'prompt=none and max_age=0 came together: one forbids a page, the other asks for one.',
    'Send one of the two.',
  ],
  'person/not-confirmed': [
    'prompt=none was asked and the person has not gone on to this service in this session.',
    'This is a normal answer. Ask again without prompt=none.',
  ],
  'person/decision-due': [
    'prompt=none was asked and the person has to decide first.',
    'This is a normal answer. Ask again without prompt=none.',
  ],
  'person/refused': ['The person refused to share.', 'Offer the way without Huwiya. Do not ask again at once.'],
  'person/deferred': ['The person went back and decided nothing.', 'Let them try again when they choose to.'],
  'person/left': ['The person left at the sign-in.', 'Let them try again when they choose to.'],
  'level/too-low': [
    'The sign-in does not reach the level that the service asks for.',
    'Nothing is wrong with the request. The person needs a passkey of the higher level.',
  ],
  'level/not-reached': [
    'The level of an essential acr was not reached.',
    'Ask for it as a wish (acr_values), or tell the person what is needed.',
  ],
  'level/higher-needed': [
    'prompt=none was asked and a level is demanded that the session does not have.',
    'This is a normal answer. Ask again without prompt=none.',
  ],
  'passkey/refused': [
    'A passkey was not accepted at this sign-in.',
    'Nothing is wrong with the request. The person tries again, or adds a passkey.',
  ],
  'page/expired': [
    'The person came back too late, or with a page of another sign-in.',
    'Nothing is wrong with the request. The person starts again from your service. If it happens often, look for saved links to our pages.',
  ],
  'page/stale': [
    'A page was answered twice, or changed meanwhile.',
    'Nothing is wrong with the request. The person starts again from your service.',
  ],
  'grant/unsupported': ['grant_type is not one that exists here.', 'Send authorization_code, refresh_token or client_credentials.'],
  'grant/unregistered': ['The service is not registered for this grant_type.', 'Have it added to grant_types, or do not use it.'],
  'code/unknown': ['The code is not one of this service.', 'Send the code exactly as it came, to the issuer that it came from.'],
  'code/used': [
    'The code was exchanged before. Its tokens have ended for safety.',
    'Exchange a code once. Look for a page that is loaded twice, or a repeated call after a time-out.',
  ],
  'code/expired': [
    'The code is older than 60 seconds.',
    'Exchange it as soon as it arrives. Check for a queue or a slow call before the exchange.',
  ],
  'code/redirect-uri': ['redirect_uri is not the one of the authorization request.', 'Send the same redirect_uri in both requests.'],
  'code/ended': [
    'What the code rests on has ended: the session, or what the person agreed to.',
    'Nothing is wrong with the request. The person starts again.',
  ],
  'refresh/unknown': ['The refresh token is not one of this service.', 'Send the newest refresh token exactly as it came.'],
  'refresh/used': [
    'The refresh token was used before. Its family has ended for safety.',
    'Save the new refresh token before you use it, and let one process alone refresh.',
  ],
  'refresh/expired': ['The refresh token is older than its life.', 'Ask the person to sign in again.'],
  'refresh/ended': [
    'What the refresh token rests on has ended: the session, the consent or the service’s right to come back.',
    'Ask the person to sign in again.',
  ],
  'token/missing': ['The request has no access token.', 'Send it in the Authorization header.'],
  'token/expired': ['The access token is older than 300 seconds.', 'Call within its life, or get a new one by a refresh.'],
  'token/ended': [
    'The access token was ended, or what it rests on: the session, or what the person agreed to.',
    'Stop using it. Ask for the state of the record at the interface for agencies.',
  ],
  'token/unknown': [
    'The access token is not one that stands.',
    'Send it exactly as it came. Get a new one if it is older than 300 seconds.',
  ],
  'token/scope': [
    'The access token does not carry the scope that this needs, or it is for a resource.',
    'Ask for the scope. For UserInfo, ask for a token without resource.',
  ],
  'dpop/nonce-needed': [
    'The DPoP proof has no nonce of this server, or an old one.',
    'This is normal for a first call. Repeat it with a new proof that holds the value of the DPoP-Nonce header.',
  ],
  'dpop/missing': [
    'Tokens of this service are bound to a key, and no DPoP proof came.',
    'Send a DPoP header with each token request and each call.',
  ],
  'dpop/refused': [
    'The DPoP proof is not one for this request.',
    'Check htm, htu (our public address, without the query), iat, ath and the key; the words of the answer may name which. Make a new proof for each request.',
  ],
  'dpop/replayed': ['The DPoP proof was used before.', 'Make a new proof with a new jti for every request, also when you repeat one.'],
  'use/too-often': ['The purpose allows fewer calls in this time.', 'Keep what you may keep, and wait. The purpose names how often.'],
  'use/used-up': ['The number of uses that the person agreed to is used up.', 'Ask the person again.'],
  'sign-out/return-address': [
    'post_logout_redirect_uri is not one of those that the service registered.',
    'Compare letter by letter. Change the request, or have the address registered.',
  ],
  'sign-out/hint': [
    'id_token_hint is no ID token of this service that can be read.',
    'Send an ID token as this issuer gave it, with the client_id it is for.',
  ],
  'body/refused': [
    'The body is not of the form that the description of the interface asks for.',
    'The answer named each part that is wrong.',
  ],
  'duty/refused': ['There is no such duty of this service, or it was answered before.', 'List the duties anew, and answer each once.'],
  'request/refused': [
    'The request broke a rule of the protocol or of this address.',
    'The error of the answer, and its words if it had any, say which.',
  ],
  'server/failed': ['The fault is ours, not yours.', 'Repeat the request later. If it stays, give the operator the number of the request.'],
};
