// Calls WeChat through the API proxy, with nothing but Go's standard library (1.18 and newer).
//
//	PROXY=https://….tencentscf.com CLIENT=crm SECRET=… go run fuwuhao.go GET /cgi-bin/menu/get
//	… go run fuwuhao.go POST /cgi-bin/message/custom/send '{"touser": …}' order-4711
//	… go run fuwuhao.go --token    takes the token, has the proxy confirm it, and shows until when it is good
//	go run fuwuhao.go --vector     signs the vector of docs/proxy.md; needs no proxy
package main

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"sort"
	"strings"
	"time"
)

// ProxyError says why there is no answer. Code is "wechat" if WeChat answered with an errcode.
type ProxyError struct {
	Code, Message string
	// Status is HTTP's; 0 if there was no answer at all.
	Status, Errcode int
	Details         map[string]any
}

func (e *ProxyError) Error() string { return e.Code + ": " + e.Message }

// Answer holds the JSON of WeChat, or a file.
type Answer struct {
	ContentType, Disposition string
	Body                     []byte
}

// Token is an access_token of the account, good until ExpiresAt (seconds since the epoch).
type Token struct {
	AccessToken string
	ExpiresAt   int64
}

// Proxy is one client of the proxy.
type Proxy struct {
	url, client, secret string
	http                *http.Client
}

var (
	urlForm    = regexp.MustCompile(`^https?://[^/?#]+[^?#]*$`)
	version    = regexp.MustCompile(`/v1/*$`)
	secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)
	jsonForm   = regexp.MustCompile(`(?i)json|text/(plain|html)`)
)

// NewProxy refuses what can only fail later.
func NewProxy(address, client, secret string) (*Proxy, error) {
	switch {
	case !urlForm.MatchString(address) || version.MatchString(address):
		return nil, invalid("PROXY must be the https:// address of api-proxy, without /v1.")
	case client == "":
		return nil, invalid("CLIENT is empty: pass the id that `proxy-client add` was given.")
	case !secretForm.MatchString(secret):
		return nil, invalid("SECRET must be the 43 characters that `proxy-client add` showed.")
	}
	// A redirected request would take its proof to another host.
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	caller := &http.Client{Timeout: 20 * time.Second, CheckRedirect: stay}
	return &Proxy{strings.TrimRight(address, "/"), client, secret, caller}, nil
}

// Call gives what WeChat answers. A call that is tried again needs its old key.
func (p *Proxy) Call(method, path string, query map[string]string, body []byte, key string) (*Answer, error) {
	answer, _, err := p.send(method, "/v1"+path, query, body, key)
	if err != nil || !answer.isJSON() {
		return answer, err
	}
	var result struct {
		Errcode int    `json:"errcode"`
		Errmsg  string `json:"errmsg"`
		Base    struct {
			Ret    int    `json:"ret"`
			ErrMsg string `json:"err_msg"`
		} `json:"base_resp"`
	}
	if err := json.Unmarshal(answer.Body, &result); err != nil {
		return nil, &ProxyError{Code: "upstream", Message: "WeChat answered something that is no JSON.", Status: 200}
	}
	errcode, errmsg := result.Errcode, result.Errmsg
	if errcode == 0 {
		errcode, errmsg = result.Base.Ret, result.Base.ErrMsg
	}
	if errcode != 0 {
		message := fmt.Sprintf("WeChat answered %d %s", errcode, errmsg)
		return nil, &ProxyError{Code: "wechat", Message: message, Status: 200, Errcode: errcode}
	}
	return answer, nil
}

// Token asks for the account's token. Keep it until a minute before its end.
func (p *Proxy) Token() (*Token, error) { return p.open(p.send("GET", "/v1/token", nil, nil, "")) }

// RejectToken is for a token that WeChat refused (40001, 40014, 42001), and gives the one that is good.
func (p *Proxy) RejectToken(token string) (*Token, error) {
	body := []byte(`{"proof":"` + p.hmac("fuwuhao v1 proof "+token) + `"}`)
	return p.open(p.send("POST", "/v1/token/reject", nil, body, ""))
}

func (p *Proxy) open(answer *Answer, nonce string, err error) (*Token, error) {
	if err != nil {
		return nil, err
	}
	var sealed struct {
		Sealed    string `json:"sealed"`
		ExpiresAt int64  `json:"expiresAt"`
	}
	if err := json.Unmarshal(answer.Body, &sealed); err != nil {
		return nil, err
	}
	content, err := base64.RawURLEncoding.DecodeString(sealed.Sealed)
	if err != nil || len(content) < 12 {
		return nil, errors.New("the proxy answered no sealed token")
	}
	block, err := aes.NewCipher(hkdf(p.secret, p.client, "fuwuhao v1 seal"))
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	token, err := gcm.Open(nil, content[:12], content[12:], []byte("fuwuhao v1 token "+p.client+" "+nonce))
	if err != nil {
		return nil, err
	}
	return &Token{string(token), sealed.ExpiresAt}, nil
}

func (p *Proxy) send(method, path string, query map[string]string, body []byte, key string) (*Answer, string, error) {
	random := make([]byte, 16)
	if _, err := rand.Read(random); err != nil {
		return nil, "", err
	}
	nonce, search, contentType := hex.EncodeToString(random), canonical(query), ""
	if len(body) > 0 {
		contentType = "application/json"
	}
	if key == "" && method != "GET" {
		key = nonce
	}
	target := p.url + path
	if search != "" {
		target += "?" + search
	}
	request, err := http.NewRequest(method, target, bytes.NewReader(body))
	if err != nil {
		return nil, "", invalid("The path or the method is none of HTTP.")
	}
	proof := p.proof(time.Now().Unix(), nonce, method, path, search, key, contentType, body)
	headers := map[string]string{"x-fuwuhao-auth": proof, "idempotency-key": key, "content-type": contentType}
	for name, value := range headers {
		if value != "" {
			request.Header.Set(name, value)
		}
	}
	response, err := p.http.Do(request)
	if err != nil {
		return nil, "", &ProxyError{Code: "network", Message: "The proxy could not be reached: " + err.Error()}
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, "", &ProxyError{Code: "network", Message: "The answer broke off: " + err.Error()}
	}
	answer := &Answer{response.Header.Get("content-type"), response.Header.Get("content-disposition"), content}
	if response.StatusCode != 200 {
		return nil, "", refused(response.StatusCode, content)
	}
	// Only what the proxy signed for this very request is believed.
	signature := []byte(p.answerSignature(nonce, response.StatusCode, answer))
	if !hmac.Equal([]byte(response.Header.Get("fuwuhao-signature")), signature) {
		message := "The answer is not signed by the proxy: something between has changed it."
		return nil, "", &ProxyError{Code: "unauthentic", Message: message, Status: 200}
	}
	return answer, nonce, nil
}

func (p *Proxy) proof(timestamp int64, nonce, method, path, search, key, contentType string, body []byte) string {
	at := fmt.Sprint(timestamp)
	signature := p.hmac("fuwuhao", "v2", p.client, at, nonce, method+" "+path, search, key, contentType, hash(body))
	return strings.Join([]string{"v2", p.client, at, nonce, signature}, " ")
}

func (p *Proxy) answerSignature(nonce string, status int, answer *Answer) string {
	bare := strings.ToLower(strings.TrimSpace(strings.SplitN(answer.ContentType, ";", 2)[0]))
	lines := []string{"fuwuhao", "v2 answer", p.client, nonce, fmt.Sprint(status), bare, answer.Disposition}
	return "v2 " + p.hmac(append(lines, hash(answer.Body))...)
}

func (p *Proxy) hmac(lines ...string) string {
	return hex.EncodeToString(mac([]byte(p.secret), strings.Join(lines, "\n")))
}

func (a *Answer) isJSON() bool { return a.Disposition == "" && jsonForm.MatchString(a.ContentType) }

func mac(key []byte, text string) []byte {
	sum := hmac.New(sha256.New, key)
	sum.Write([]byte(text))
	return sum.Sum(nil)
}

// HKDF-SHA256 for the one block of 32 bytes that a key needs.
func hkdf(secret, salt, info string) []byte { return mac(mac([]byte(salt), secret), info+"\x01") }

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func canonical(query map[string]string) string {
	pairs := make([]string, 0, len(query))
	for name, value := range query {
		pairs = append(pairs, encode(name)+"="+encode(value))
	}
	sort.Strings(pairs)
	return strings.Join(pairs, "&")
}

func encode(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }

func invalid(message string) *ProxyError { return &ProxyError{Code: "invalid", Message: message} }

func refused(status int, content []byte) *ProxyError {
	var answer struct {
		Error struct {
			Code, Message string
			Details       map[string]any
		}
	}
	if json.Unmarshal(content, &answer) != nil || answer.Error.Code == "" {
		message := fmt.Sprintf("HTTP %d is not the proxy's own answer: is the URL right?", status)
		return &ProxyError{Code: "upstream", Message: message, Status: status}
	}
	failure := answer.Error
	return &ProxyError{Code: failure.Code, Message: failure.Message, Status: status, Details: failure.Details}
}

func vector() {
	proxy := &Proxy{client: "crm", secret: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"}
	nonce, search := "f3a10000000000000000000000000001", canonical(map[string]string{"b": "文", "a": "1"})
	path, contentType, body := "/v1/cgi-bin/menu/create", "application/json", []byte(`{"button":[]}`)
	fmt.Println("x-fuwuhao-auth: " +
		proxy.proof(1767225600, nonce, "POST", path, search, "order-4711", contentType, body))
	answer := &Answer{"application/json; charset=utf-8", "", []byte(`{"errcode":0,"errmsg":"ok"}`)}
	fmt.Println("fuwuhao-signature: " + proxy.answerSignature(nonce, 200, answer))
}

func showToken(proxy *Proxy) error {
	token, err := proxy.Token()
	if err != nil {
		return err
	}
	confirmed, err := proxy.RejectToken(token.AccessToken)
	if err != nil {
		return err
	}
	isGood := confirmed.AccessToken == token.AccessToken
	return json.NewEncoder(os.Stdout).Encode(map[string]any{"expiresAt": token.ExpiresAt, "isGood": isGood})
}

func run(arguments []string) error {
	if len(arguments) == 1 && arguments[0] == "--vector" {
		vector()
		return nil
	}
	proxy, err := NewProxy(os.Getenv("PROXY"), os.Getenv("CLIENT"), os.Getenv("SECRET"))
	if err != nil {
		return err
	}
	if len(arguments) == 1 && arguments[0] == "--token" {
		return showToken(proxy)
	}
	if len(arguments) < 2 {
		return invalid("Usage: fuwuhao METHOD PATH [JSON] [KEY]")
	}
	more := append(arguments[2:], "", "")
	answer, err := proxy.Call(arguments[0], arguments[1], nil, []byte(more[0]), more[1])
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(answer.Body)
	return err
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
