<?php
/*
Calls WeChat through the API proxy, with nothing but PHP (8.0 and newer) and its extension openssl.

  PROXY=https://….tencentscf.com CLIENT=crm SECRET=… php fuwuhao.php GET /cgi-bin/menu/get
  … php fuwuhao.php POST /cgi-bin/message/custom/send '{"touser": …}' order-4711
  … php fuwuhao.php --token    takes the token, has the proxy confirm it, and shows until when it is good
  php fuwuhao.php --vector     signs the vector of docs/proxy.md; needs no proxy
*/

declare(strict_types=1);

/** Why there is no answer. `kind` is `wechat` if WeChat answered with an errcode. */
final class ProxyError extends RuntimeException
{
    public function __construct(
        public string $kind,
        string $message,
        public int $status = 0,
        public int $errcode = 0,
        public array $details = [],
    ) {
        parent::__construct($message);
    }
}

final class Proxy
{
    public function __construct(private string $url, private string $client, private string $secret)
    {
        if (!preg_match('~^https?://[^/?#]+[^?#]*$~D', $url) || preg_match('~/v1/*$~', $url)) {
            throw new ProxyError('invalid', 'PROXY must be the https:// address of api-proxy, without /v1.');
        }
        if ($client === '') {
            throw new ProxyError('invalid', 'CLIENT is empty: pass the id that `proxy-client add` was given.');
        }
        if (!preg_match('/^[A-Za-z0-9_-]{43}$/D', $secret)) {
            throw new ProxyError('invalid', 'SECRET must be the 43 characters that `proxy-client add` showed.');
        }
        $this->url = rtrim($url, '/');
    }

    /** Gives what WeChat answers: an array, or a file as a string. A call that is tried again needs its old key. */
    public function call(string $method, string $path, array $query = [], string $json = '', string $key = ''): array|string
    {
        $answer = $this->send($method, "/v1$path", $query, $json, $key);
        if ($answer['disposition'] !== '' || !preg_match('~json|text/(plain|html)~i', $answer['type'])) {
            return $answer['body'];
        }
        $result = self::decode($answer['body']);
        $errcode = (int) ($result['errcode'] ?? $result['base_resp']['ret'] ?? 0);
        if ($errcode !== 0) {
            $words = $result['errmsg'] ?? $result['base_resp']['err_msg'] ?? '';
            throw new ProxyError('wechat', "WeChat answered $errcode $words", 200, $errcode);
        }
        return $result;
    }

    /** The account's token as `['token' => …, 'expiresAt' => …]`. Keep it until a minute before its end. */
    public function token(): array
    {
        return $this->open($this->send('GET', '/v1/token'));
    }

    /** For a token that WeChat refused (40001, 40014, 42001): the one that is good. */
    public function rejectToken(string $token): array
    {
        $proof = json_encode(['proof' => $this->hmac("fuwuhao v1 proof $token")]);
        return $this->open($this->send('POST', '/v1/token/reject', [], $proof));
    }

    private function open(array $answer): array
    {
        ['sealed' => $sealed, 'expiresAt' => $expiresAt] = self::decode($answer['body']);
        $content = base64_decode(strtr($sealed, '-_', '+/'));
        $key = hash_hkdf('sha256', $this->secret, 32, 'fuwuhao v1 seal', $this->client);
        $context = "fuwuhao v1 token {$this->client} {$answer['nonce']}";
        [$iv, $text, $tag] = [substr($content, 0, 12), substr($content, 12, -16), substr($content, -16)];
        $token = openssl_decrypt($text, 'aes-256-gcm', $key, OPENSSL_RAW_DATA, $iv, $tag, $context);
        if ($token === false) {
            throw new ProxyError('unauthentic', 'The token was sealed for another request.', 200);
        }
        return ['token' => $token, 'expiresAt' => $expiresAt];
    }

    private function send(string $method, string $path, array $query = [], string $body = '', string $key = ''): array
    {
        $nonce = bin2hex(random_bytes(16));
        $search = self::canonical($query);
        $type = $body === '' ? '' : 'application/json';
        $key = $key === '' && $method !== 'GET' ? $nonce : $key;
        $headers = [
            'x-fuwuhao-auth' => $this->proof(time(), $nonce, $method, $path, $search, $key, $type, $body),
            'idempotency-key' => $key,
            'content-type' => $type,
        ];
        $lines = array_map(fn ($name, $value) => "$name: $value", array_keys($headers), $headers);
        $options = [
            'method' => $method,
            'header' => array_values(array_filter($lines, fn ($line) => !str_ends_with($line, ': '))),
            'content' => $body,
            'ignore_errors' => true,
            // A redirected request would take its proof to another host.
            'follow_location' => 0,
            'timeout' => 20,
        ];
        $target = $this->url . $path . ($search === '' ? '' : "?$search");
        $stream = @fopen($target, 'rb', false, stream_context_create(['http' => $options]));
        if ($stream === false) {
            $reason = error_get_last()['message'] ?? 'no reason is known';
            throw new ProxyError('network', 'The proxy could not be reached: ' . $reason);
        }
        [$status, $received] = self::heads(stream_get_meta_data($stream)['wrapper_data']);
        $content = stream_get_contents($stream);
        $isCutOff = $content === false || stream_get_meta_data($stream)['timed_out'];
        fclose($stream);
        if ($isCutOff) {
            throw new ProxyError('network', 'The answer broke off.');
        }
        if ($status !== 200) {
            throw self::refused($status, $content);
        }
        $answer = [
            'type' => $received['content-type'] ?? '',
            'disposition' => $received['content-disposition'] ?? '',
            'body' => $content,
            'nonce' => $nonce,
        ];
        // Only what the proxy signed for this very request is believed.
        if (!hash_equals($this->answerSignature($status, $answer), $received['fuwuhao-signature'] ?? '')) {
            $message = 'The answer is not signed by the proxy: something between has changed it.';
            throw new ProxyError('unauthentic', $message, $status);
        }
        return $answer;
    }

    public function proof(int $timestamp, string $nonce, string $method, string $path, string $search, string $key, string $type, string $body): string
    {
        $lines = ['fuwuhao', 'v2', $this->client, $timestamp, $nonce, "$method $path", $search, $key, $type];
        return "v2 {$this->client} $timestamp $nonce " . $this->hmac(...$lines, ...[hash('sha256', $body)]);
    }

    public function answerSignature(int $status, array $answer): string
    {
        $bare = strtolower(trim(explode(';', $answer['type'])[0]));
        $lines = ['fuwuhao', 'v2 answer', $this->client, $answer['nonce'], $status, $bare, $answer['disposition']];
        return 'v2 ' . $this->hmac(...$lines, ...[hash('sha256', $answer['body'])]);
    }

    private function hmac(string|int ...$lines): string
    {
        return hash_hmac('sha256', implode("\n", $lines), $this->secret);
    }

    public static function canonical(array $query): string
    {
        $pairs = [];
        foreach ($query as $name => $value) {
            $pairs[] = rawurlencode((string) $name) . '=' . rawurlencode((string) $value);
        }
        sort($pairs, SORT_STRING);
        return implode('&', $pairs);
    }

    /** The status and the headers by their names in lower case. */
    private static function heads(array $lines): array
    {
        $status = (int) (explode(' ', $lines[0])[1] ?? 0);
        $headers = [];
        foreach (array_slice($lines, 1) as $line) {
            [$name, $value] = explode(':', $line, 2) + [1 => ''];
            $headers[strtolower($name)] = trim($value);
        }
        return [$status, $headers];
    }

    private static function decode(string $body): array
    {
        $value = json_decode($body, true, 512, JSON_BIGINT_AS_STRING);
        return is_array($value) ? $value : throw new ProxyError('upstream', 'WeChat answered something that is no JSON.', 200);
    }

    private static function refused(int $status, string $content): ProxyError
    {
        $error = json_decode($content, true)['error'] ?? null;
        if (!isset($error['code'], $error['message'])) {
            return new ProxyError('upstream', "HTTP $status is not the proxy's own answer: is the URL right?", $status);
        }
        return new ProxyError($error['code'], $error['message'], $status, 0, $error['details'] ?? []);
    }
}

function vector(): void
{
    $proxy = new Proxy('https://example.com', 'crm', 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8');
    $nonce = 'f3a10000000000000000000000000001';
    $search = Proxy::canonical(['b' => '文', 'a' => '1']);
    $request = ['POST', '/v1/cgi-bin/menu/create', $search, 'order-4711', 'application/json', '{"button":[]}'];
    echo 'x-fuwuhao-auth: ', $proxy->proof(1767225600, $nonce, ...$request), "\n";
    $body = '{"errcode":0,"errmsg":"ok"}';
    $answer = ['type' => 'application/json; charset=utf-8', 'disposition' => '', 'body' => $body, 'nonce' => $nonce];
    echo 'fuwuhao-signature: ', $proxy->answerSignature(200, $answer), "\n";
}

function main(array $arguments): void
{
    if ($arguments === ['--vector']) {
        vector();
        return;
    }
    $proxy = new Proxy(...array_map(fn ($name) => (string) getenv($name), ['PROXY', 'CLIENT', 'SECRET']));
    if ($arguments === ['--token']) {
        ['token' => $token, 'expiresAt' => $expiresAt] = $proxy->token();
        $isGood = $proxy->rejectToken($token)['token'] === $token;
        echo json_encode(['expiresAt' => $expiresAt, 'isGood' => $isGood]), "\n";
        return;
    }
    if (count($arguments) < 2) {
        throw new ProxyError('invalid', 'Usage: fuwuhao.php METHOD PATH [JSON] [KEY]');
    }
    [$method, $path, $json, $key] = $arguments + [2 => '', 3 => ''];
    $answer = $proxy->call($method, $path, [], $json, $key);
    echo is_string($answer) ? $answer : json_encode($answer, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
}

if (realpath($_SERVER['SCRIPT_FILENAME'] ?? '') === __FILE__) {
    try {
        main(array_slice($argv, 1));
    } catch (ProxyError $failure) {
        fwrite(STDERR, "{$failure->kind}: {$failure->getMessage()}\n");
        exit(1);
    }
}
