/** What may be said about the address of a database, which may hold a password. Pure. */

/** Where everything is kept when the address names no database. */
const DEFAULT_DATABASE = 'vssid';

/** The name of the database that an address stands for: the one it names, else the product's own. */
export function databaseOf(uri: string): string {
  const [, named = ''] = /^[^/]*\/\/[^/?]*\/([^?]*)/.exec(uri) ?? [];
  return named === '' ? DEFAULT_DATABASE : decodeURIComponent(named);
}

/** The address without user, password and options: fit for a log. "mongodb://host:27017/vssid". */
export function describeUri(uri: string): string {
  const [scheme = ''] = /^[a-z+]*:\/\//.exec(uri) ?? [];
  // From the last @ on: in a password that was not percent-encoded there may be one more.
  const rest = uri.slice(Math.max(scheme.length, uri.lastIndexOf('@') + 1));
  const [hosts = ''] = rest.split(/[/?]/, 1);
  return `${scheme}${hosts}/${databaseOf(`${scheme}${rest}`)}`;
}

/** A driver's sentence fit for a log: the address in it without user, password and options. */
export function withoutSecrets(message: string, uri: string): string {
  const user = uri.slice(uri.indexOf('//') + 2, Math.max(0, uri.lastIndexOf('@')));
  const password = user.slice(user.indexOf(':') + 1);
  return [uri, user, password, decodeLeniently(password)]
    .filter((secret) => secret !== '')
    .reduce((text, secret) => text.replaceAll(secret, secret === uri ? describeUri(uri) : '***'), message);
}

function decodeLeniently(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
