import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Calls WeChat through the API proxy, with nothing but the JDK (17 and newer).
 *
 * <pre>
 * PROXY=https://....tencentscf.com CLIENT=crm SECRET=... java Fuwuhao.java GET /cgi-bin/menu/get
 * ... java Fuwuhao.java POST /cgi-bin/message/custom/send '{"touser": ...}' order-4711
 * ... java Fuwuhao.java --token    takes the token, has the proxy confirm it, and shows until when it is good
 * java Fuwuhao.java --vector     signs the vector of docs/proxy.md; needs no proxy
 * </pre>
 */
public final class Fuwuhao {
  private static final Pattern URL = Pattern.compile("https?://[^/?#]+[^?#]*");
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final Pattern TEXT = Pattern.compile("json|text/(plain|html)", Pattern.CASE_INSENSITIVE);
  private static final Pattern JSON_TOKEN =
      Pattern.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"(\\s*:)?|[{}\\[\\]]|[^\\s,:{}\\[\\]\"]+");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))");

  /** Why there is no answer. The code is "wechat" if WeChat answered with an errcode. */
  public static final class ProxyError extends RuntimeException {
    public final String code;
    /** HTTP; 0 if there was no answer at all. */
    public final int status;
    public final int errcode;

    ProxyError(String code, String message, int status, int errcode, Throwable cause) {
      super(message, cause);
      this.code = code;
      this.status = status;
      this.errcode = errcode;
    }

    ProxyError(String code, String message, int status) {
      this(code, message, status, 0, null);
    }
  }

  /** JSON of WeChat, to be read by the library of your choice, or a file. */
  public record Answer(String contentType, String disposition, byte[] body, String nonce) {
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    boolean isJson() {
      return disposition.isEmpty() && TEXT.matcher(contentType).find();
    }
  }

  /** An access_token of the account, and the second since the epoch at which it ends. */
  public record Token(String accessToken, long expiresAt) {
    @Override
    public String toString() {
      return "Token[expiresAt=" + expiresAt + "]";
    }
  }

  private final String url;
  private final String client;
  private final String secret;
  // A redirected request would take its proof to another host.
  private final HttpClient http =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(20))
          .build();

  public Fuwuhao(String url, String client, String secret) {
    if (!URL.matcher(url).matches() || url.replaceAll("/+$", "").endsWith("/v1")) {
      throw invalid("PROXY must be the https:// address of api-proxy, without /v1.");
    }
    if (client.isEmpty()) {
      throw invalid("CLIENT is empty: pass the id that `proxy-client add` was given.");
    }
    if (!SECRET.matcher(secret).matches()) {
      throw invalid("SECRET must be the 43 characters that `proxy-client add` showed.");
    }
    this.url = url.replaceAll("/+$", "");
    this.client = client;
    this.secret = secret;
  }

  /** Gives what WeChat answers. A call that is tried again needs its old key. */
  public Answer call(String method, String path, Map<String, String> query, String json, String key) {
    Answer answer = send(method, "/v1" + path, query, json, key);
    if (!answer.isJson()) return answer;
    Map<String, String> fields = fields(answer.text());
    String base = fields.getOrDefault("base_resp.ret", "0");
    int errcode = Integer.parseInt(fields.getOrDefault("errcode", base));
    if (errcode == 0) return answer;
    String words = fields.getOrDefault("errmsg", fields.getOrDefault("base_resp.err_msg", ""));
    String message = "WeChat answered " + errcode + " " + words;
    throw new ProxyError("wechat", message, 200, errcode, null);
  }

  /** The account's token. Keep it until a minute before its end. */
  public Token token() {
    return open(send("GET", "/v1/token", Map.of(), "", ""));
  }

  /** For a token that WeChat refused (40001, 40014, 42001): the one that is good. */
  public Token rejectToken(String token) {
    String proof = "{\"proof\":\"" + hmac("fuwuhao v1 proof " + token) + "\"}";
    return open(send("POST", "/v1/token/reject", Map.of(), proof, ""));
  }

  private Token open(Answer answer) {
    Map<String, String> fields = fields(answer.text());
    byte[] content = Base64.getUrlDecoder().decode(fields.get("sealed"));
    // HKDF-SHA256 for the one block of 32 bytes that a key needs.
    byte[] key = mac(mac(utf8(client), secret), "fuwuhao v1 seal\u0001");
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      GCMParameterSpec iv = new GCMParameterSpec(128, content, 0, 12);
      cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), iv);
      cipher.updateAAD(utf8("fuwuhao v1 token " + client + " " + answer.nonce()));
      byte[] token = cipher.doFinal(content, 12, content.length - 12);
      String accessToken = new String(token, StandardCharsets.UTF_8);
      return new Token(accessToken, Long.parseLong(fields.get("expiresAt")));
    } catch (GeneralSecurityException cause) {
      throw new ProxyError("unauthentic", "The token was sealed for another request.", 200, 0, cause);
    }
  }

  private Answer send(String method, String path, Map<String, String> query, String json, String key) {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    String nonce = HexFormat.of().formatHex(random);
    String search = canonical(query);
    String type = json.isEmpty() ? "" : "application/json";
    String sentKey = key.isEmpty() && !method.equals("GET") ? nonce : key;
    byte[] body = utf8(json);
    String proof = proof(System.currentTimeMillis() / 1000, nonce, method, path, search, sentKey, type, body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path + (search.isEmpty() ? "" : "?" + search)))
            .timeout(Duration.ofSeconds(20))
            .header("x-fuwuhao-auth", proof)
            .method(
                method,
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (!sentKey.isEmpty()) request.header("idempotency-key", sentKey);
    if (!type.isEmpty()) request.header("content-type", type);
    return read(ask(request.build()), nonce);
  }

  private HttpResponse<byte[]> ask(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException cause) {
      throw new ProxyError("network", "The proxy could not be reached: " + cause, 0, 0, cause);
    } catch (InterruptedException cause) {
      Thread.currentThread().interrupt();
      throw new ProxyError("network", "The call was interrupted.", 0, 0, cause);
    }
  }

  /** Believes only what the proxy signed for this very request. */
  private Answer read(HttpResponse<byte[]> response, String nonce) {
    int status = response.statusCode();
    if (status != 200) throw refused(status, new String(response.body(), StandardCharsets.UTF_8));
    Answer answer =
        new Answer(header(response, "content-type"), header(response, "content-disposition"), response.body(), nonce);
    byte[] given = utf8(header(response, "fuwuhao-signature"));
    if (MessageDigest.isEqual(given, utf8(answerSignature(status, answer)))) return answer;
    String message = "The answer is not signed by the proxy: something between has changed it.";
    throw new ProxyError("unauthentic", message, status);
  }

  private static ProxyError refused(int status, String body) {
    Map<String, String> fields = fields(body);
    String code = fields.get("error.code");
    if (code != null) return new ProxyError(code, fields.getOrDefault("error.message", ""), status);
    String message = "HTTP " + status + " is not the proxy's own answer: is the URL right?";
    return new ProxyError("upstream", message, status);
  }

  private String proof(
      long timestamp, String nonce, String method, String path, String search, String key, String type, byte[] body) {
    String at = Long.toString(timestamp);
    String signature =
        hmac("fuwuhao", "v2", client, at, nonce, method + " " + path, search, key, type, sha256(body));
    return String.join(" ", "v2", client, at, nonce, signature);
  }

  private String answerSignature(int status, Answer answer) {
    String bare = answer.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    String code = Integer.toString(status);
    return "v2 "
        + hmac("fuwuhao", "v2 answer", client, answer.nonce(), code, bare, answer.disposition(), sha256(answer.body()));
  }

  private String hmac(String... lines) {
    return HexFormat.of().formatHex(mac(utf8(secret), String.join("\n", lines)));
  }

  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(utf8(text));
    } catch (GeneralSecurityException cause) {
      throw new IllegalStateException(cause);
    }
  }

  private static String sha256(byte[] data) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
    } catch (GeneralSecurityException cause) {
      throw new IllegalStateException(cause);
    }
  }

  private static String canonical(Map<String, String> query) {
    return query.entrySet().stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .sorted()
        .collect(Collectors.joining("&"));
  }

  private static String encode(String text) {
    String form = URLEncoder.encode(text, StandardCharsets.UTF_8);
    return form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** The texts and numbers of a JSON object by their paths, such as "error.code": the JDK reads no JSON. */
  private static Map<String, String> fields(String json) {
    Map<String, String> found = new HashMap<>();
    ArrayDeque<String> path = new ArrayDeque<>();
    String name = "";
    var tokens = JSON_TOKEN.matcher(json);
    while (tokens.find()) {
      String token = tokens.group();
      if (token.equals("{") || token.equals("[")) {
        path.addLast(path.isEmpty() ? "" : path.getLast() + name + ".");
        name = "";
      } else if (token.equals("}") || token.equals("]")) {
        path.pollLast();
      } else if (tokens.group(2) != null) {
        name = unescape(tokens.group(1));
      } else if (!path.isEmpty()) {
        found.put(path.getLast() + name, tokens.group(1) == null ? token : unescape(tokens.group(1)));
      }
    }
    return found;
  }

  private static String unescape(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(
            found -> {
              String character =
                  found.group(1) != null
                      ? Character.toString((char) Integer.parseInt(found.group(1), 16))
                      : found.group().equals("\\/") ? "/" : found.group().translateEscapes();
              return Matcher.quoteReplacement(character);
            });
  }

  private static ProxyError invalid(String message) {
    return new ProxyError("invalid", message, 0);
  }

  private static void vector() {
    Fuwuhao proxy = new Fuwuhao("https://example.com", "crm", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    String nonce = "f3a10000000000000000000000000001";
    String search = canonical(Map.of("b", "\u6587", "a", "1"));
    String path = "/v1/cgi-bin/menu/create";
    byte[] body = utf8("{\"button\":[]}");
    System.out.println(
        "x-fuwuhao-auth: "
            + proxy.proof(1767225600, nonce, "POST", path, search, "order-4711", "application/json", body));
    byte[] answered = utf8("{\"errcode\":0,\"errmsg\":\"ok\"}");
    Answer answer = new Answer("application/json; charset=utf-8", "", answered, nonce);
    System.out.println("fuwuhao-signature: " + proxy.answerSignature(200, answer));
  }

  private static void run(String... arguments) {
    if (Arrays.equals(arguments, new String[] {"--vector"})) {
      vector();
      return;
    }
    String[] given =
        Stream.of("PROXY", "CLIENT", "SECRET")
            .map(name -> System.getenv().getOrDefault(name, ""))
            .toArray(String[]::new);
    Fuwuhao proxy = new Fuwuhao(given[0], given[1], given[2]);
    if (Arrays.equals(arguments, new String[] {"--token"})) {
      Token token = proxy.token();
      boolean isGood = proxy.rejectToken(token.accessToken()).accessToken().equals(token.accessToken());
      System.out.println("{\"expiresAt\":" + token.expiresAt() + ",\"isGood\":" + isGood + "}");
      return;
    }
    if (arguments.length < 2) throw invalid("Usage: java Fuwuhao.java METHOD PATH [JSON] [KEY]");
    String json = arguments.length > 2 ? arguments[2] : "";
    String key = arguments.length > 3 ? arguments[3] : "";
    byte[] body = proxy.call(arguments[0], arguments[1], Map.of(), json, key).body();
    System.out.write(body, 0, body.length);
    System.out.flush();
  }

  public static void main(String[] arguments) {
    try {
      run(arguments);
    } catch (ProxyError failure) {
      System.err.println(failure.code + ": " + failure.getMessage());
      System.exit(1);
    }
  }
}
