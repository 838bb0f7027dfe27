<?php
// A service on jumbojett/openid-connect-php, of class legacy. Run it with PHP's own server: php -S 127.0.0.1:4180 service.php

declare(strict_types=1);

require __DIR__ . '/vendor/autoload.php';

use Jumbojett\OpenIDConnectClient;
use Jumbojett\OpenIDConnectClientException;

$issuer = getenv('ISSUER') ?: 'http://localhost:3000';
$address = 'http://localhost:' . (getenv('PORT') ?: '4180');

session_start(['cookie_httponly' => true, 'cookie_samesite' => 'Lax']);

$huwiya = new OpenIDConnectClient($issuer, 'pla-library', getenv('CLIENT_SECRET') ?: null);
$huwiya->setRedirectURL("$address/callback");
$huwiya->setCodeChallengeMethod('S256');
$huwiya->setHttpUpgradeInsecureRequests(!str_starts_with($issuer, 'http://localhost'));
// A refresh token needs offline_access and prompt=consent; leave them out where you need none. The library adds openid to a sign-in, and not to a refresh.
$huwiya->addScope(['openid', 'offline_access']);
$huwiya->addAuthParam(['prompt' => 'consent']);

function redirect(string $to): never
{
    header("Location: $to", true, 302);
    exit;
}

/** Reads the details and keeps what the next requests need. */
function keep(OpenIDConnectClient $huwiya, string $subject, array $tokens): void
{
    $details = $huwiya->requestUserInfo();
    if ($details->sub !== $subject) {
        throw new OpenIDConnectClientException('UserInfo speaks of another person');
    }
    $_SESSION['person'] = ['sub' => $subject, 'details' => $details] + $tokens;
}

try {
    switch (parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
        case '/login':
        case '/callback':
            // Sends the browser away, or, on its way back, checks state, signature and nonce and fetches the tokens.
            $huwiya->authenticate();
            session_regenerate_id(true);
            $tokens = ['id_token' => $huwiya->getIdToken(), 'refresh_token' => $huwiya->getRefreshToken()];
            keep($huwiya, $huwiya->getVerifiedClaims('sub'), $tokens);
            redirect('/');
        case '/refresh':
            $person = $_SESSION['person'] ?? redirect('/');
            $renewed = $huwiya->refreshToken($person['refresh_token']);
            if (isset($renewed->error)) {
                throw new OpenIDConnectClientException($renewed->error);
            }
            $tokens = ['id_token' => $person['id_token'], 'refresh_token' => $renewed->refresh_token ?? $person['refresh_token']];
            keep($huwiya, $person['sub'], $tokens);
            redirect('/');
        case '/logout':
            $person = $_SESSION['person'] ?? redirect('/');
            session_destroy();
            $huwiya->signOut($person['id_token'], "$address/");
        default:
            $person = $_SESSION['person'] ?? null;
            header('Content-Type: ' . ($person === null ? 'text/plain' : 'application/json') . '; charset=utf-8');
            echo $person === null ? 'Nobody is signed in. Open /login.' : json_encode($person['details'], JSON_UNESCAPED_UNICODE);
    }
} catch (OpenIDConnectClientException $refusal) {
    http_response_code(403);
    header('Content-Type: text/plain; charset=utf-8');
    echo 'The sign-in did not succeed: ', $refusal->getMessage();
}
