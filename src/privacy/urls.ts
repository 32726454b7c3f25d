import type { Finding } from './finding.ts';
import { looksRandom } from './randomness.ts';

/** `scheme://user:password@host`, also inside of connection strings; the password may hold any sign but the ones that end a URL. */
const userInfo =
  /\b[A-Za-z][A-Za-z0-9+.-]{1,30}:\/\/([^\s:@/"'`<>{}$]{0,200})(?::([^\s"'`<>]{1,300}?))?@(?=[\w[.%-])/g;

/** `Authorization: Basic dXNlcjpwYXNz` and the like. */
const authorization =
  /\b(?:Bearer|Basic|Token|Digest|ApiKey|Api-Key|GenieKey|Key|SSWS|Splunk|Negotiate|NTLM|OAuth|PVEAPIToken=\S+?=)[ =+]+(?:token=)?["']?([A-Za-z0-9+/=_.~:%-]{12,})/g;

/** `curl -u user:password`, `openssl -passin pass:password`, `mysql -ppassword`, `sshpass -p password`, `docker login -p password`, `redis-cli -a password`. */
const command =
  /(?:(?:\s-u\s*|--(?:proxy-)?user[ =])["']?[^\s:"']+:|\b(?:mysql|mariadb)\w*\b[^\n]{0,200}?\s-p|\bsshpass\s+-p\s*|\blogin\b[^\n]{0,200}?\s-p\s+|\bredis-cli\b[^\n]{0,200}?\s-a\s+|\b(?:jdbc:oracle:thin:|sqlplus\s+)[^\s/@]+\/|\s-pass(?:in|out)?\s+pass:|\bsnmp-server\s+community\s+)["']?([^\s"'<@]{3,})/gm;

/** `login("user", "password")`, `auth=("user", "password")`, `mysqli_connect("host", "user", "password")`, `echo "password" | docker login`. */
const inCalls =
  /(?:(?:login|auth(?:entication)?|credentials?|_connect|authenticate|getConnection|userpassword|\bPDO|sign_?in)\s*[=:]?\s*\(\s*(?:(?:["'][^"'\n]{0,200}["']|[\w.]{1,40})\s*,\s*){1,2}|\becho\s+(?:-n\s+)?)(["'])([^"'\n]{4,})\1(?=\s*[,).]|\s*\|\s*(?:docker|podman|helm|gh)\b)/gi;

/** `login x password y` of .netrc, `//registry/:_authToken=…` of .npmrc, `host:port:db:user:password` of .pgpass, `user:$apr1$…` of .htpasswd. */
const files =
  /(?:\bmachine\s+\S+\s+login\s+\S+\s+password\s+|:_(?:authToken|auth|password)=|^[\w.*-]+:(?:\d+|\*):[\w*-]+:[\w*-]+:|^[\w.-]+:(?=\$(?:apr1|2[aby]|5|6)\$|\{SHA\}))["']?([^\s"'$<][^\s"'<]{3,}|\$[^\s"'<]{8,})/gm;

/** `Server=…;Pwd=…;` and `host=… password=…`: where a connection is told in pairs, a password is whatever stands there. */
const connection =
  /\b(?:user(?:[ _]?id|name)?|uid|server|host(?:name)?|data source|dbname|database|initial catalog|driver|endpoint)\s*=[^\n"'`]{0,300}?[;\s&?](?:password|passwd|pwd|secret|sharedaccesskey|accountkey)\s*=\s*([^\s;"'`<>&]{3,}|\{[^}\n]{3,}\})/gi;

/** A password as crypt(3) and its successors keep it: short enough to be tried out, so as secret as the password itself. */
const crypted =
  /\$(?:1|2[abxy]|5|6|7|y|apr1|argon2(?:id|[id])|pbkdf2[\w-]*|scrypt)\$([A-Za-z0-9./$=,+-]{20,})/g;

/** The private numbers of a JSON web key (RFC 7518, 6.2.2, 6.3.2 and 6.4.1). */
const webKey = /["'](?:d|p|q|dp|dq|qi|k)["']\s*:\s*["']([\w-]{20,})["']/g;

/** Secrets in URLs, in the headers of requests and in the files that hold log-ins. */
export function findInUrlsAndHeaders(text: string): Finding[] {
  const found: Finding[] = [];
  for (const match of text.matchAll(userInfo)) {
    const [whole, user = '', password] = match;
    const userStart = match.index + whole.indexOf('://') + 3;
    if (password !== undefined && !isVariable(password)) {
      const start = userStart + user.length + 1;
      found.push({ start, end: start + password.length, kind: 'password in a URL' });
    }
    if (user.length >= 10 && looksRandom(user)) {
      found.push({ start: userStart, end: userStart + user.length, kind: 'token in a URL' });
    }
  }
  for (const pattern of [authorization, files]) {
    for (const match of text.matchAll(pattern)) {
      const value = match[1] ?? '';
      const start = match.index + match[0].length - value.length;
      if (pattern === files || looksRandom(value) || /=$|^[A-Za-z0-9+/]{16,}$/.test(value)) {
        found.push({
          start,
          end: start + value.length,
          kind: pattern === files ? 'log-in' : 'authorization header',
        });
      }
    }
  }
  for (const match of text.matchAll(command)) {
    const password = match[1] ?? '';
    const start = match.index + match[0].length - password.length;
    if (!isVariable(password))
      found.push({ start, end: start + password.length, kind: 'password of a command' });
  }
  const marked = /["']kty["']/.test(text) ? [crypted, webKey] : [crypted];
  for (const match of marked.flatMap((pattern) => [...text.matchAll(pattern)])) {
    const value = match[1] ?? '';
    const start = match.index + match[0].lastIndexOf(value);
    found.push({ start, end: start + value.length, kind: 'password or key' });
  }
  for (const match of text.matchAll(connection)) {
    const password = match[1] ?? '';
    const start = match.index + match[0].length - password.length;
    if (!isVariable(password))
      found.push({ start, end: start + password.length, kind: 'password of a connection' });
  }
  for (const match of text.matchAll(inCalls)) {
    const password = match[2] ?? '';
    const start = match.index + match[0].length - password.length - 1;
    if (/\d|[!@#$%^&*+=?~]/.test(password) && !/\s/.test(password) && !isVariable(password)) {
      found.push({ start, end: start + password.length, kind: 'password of a log-in' });
    }
  }
  return found;
}

function isVariable(value: string): boolean {
  return (
    /^(?:\$[\w({]|%(?![0-9A-F]{2})|[{<]|\*+$|x+$)|\$\{|\{\{/.test(value) ||
    /^(?:password|pass|pwd|secret|token|port|none|null|nil|undefined)[,)]*$/i.test(value)
  );
}
