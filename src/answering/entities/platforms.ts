/** Which phone the person has: the system, its shop or its maker, with the slips that people make. */
import type { Candidate } from './entity.ts';
import { compilePhrases, findPhrase } from './phrase-index.ts';
import { isTypedAs, type TextView, type Word } from './text-view.ts';

type Platform = 'android' | 'ios';

const PHRASES: Readonly<Record<Platform, string>> = {
  android: `android|andoid|androi|adroid|androd|andorid|anroid|andriod|an droid|
    samsung|sam sung|samsum|samsug|samsumg|xam xung|xamsung|galaxy|oppo|opo|ốp pô|xiaomi|xiao mi|xiaomy|xaomi|redmi|red mi|
    redmy|vivo|realme|real me|reame|huawei|hua wei|nokia|vsmart|v smart|vinsmart|ch play|chplay|ch pay|c h play|google play|
    googleplay|gg play|play store|playstore|google pixel|xperia|poco|tecno|infinix|oneplus`,
  ios: `ios|i os|iphone|i phone|iphon|iphom|iphne|iphoen|ipone|ifone|iphong|iphine|aphone|ai phôn|ai phon|ai phone|aiphone|aiphon|
    ip phone|ipad|i pad|ai pát|apple|aple|app store|appstore|appstor|app stor|apstore|ap store|appsto|app sto|
    táo khuyết|táo cắn dở|nhà táo|hàng táo|điện thoại táo|máy táo|điện thoại quả táo`,
};

const INDEX = compilePhrases<Platform>(
  (Object.keys(PHRASES) as Platform[]).flatMap((platform) =>
    PHRASES[platform].split('|').map((phrase): [string, Platform] => [phrase.trim(), platform]),
  ),
);

/** "ip 11", "ip11", "ip 14 pro", "ipx", "ip xs max": models from 4 on. Not "ip 192.168…". */
const IP_MODEL = /^ip ?(?:(?:[4-9]|1\d)(?: ?s| ?plus)?|xs|xr|x|se)(?: ?pro)?(?: ?max)?(?!\w|\.\d)/;

/** Finds platforms; `value` is "android" or "ios". */
export function findPlatforms(view: TextView): Candidate[] {
  const found: Candidate[] = [];
  for (let at = 0; at < view.words.length; at++) {
    const word = view.words[at]!;
    const match = findPhrase(INDEX, view, at);
    const last = view.words[at + (match?.length ?? 1) - 1]!;
    // "dien thoai tao" is "điện thoại tao", my phone, sooner than an Apple.
    if (match !== null && (last.folded !== 'tao' || isTypedAs(view, last, 'táo'))) {
      found.push({ type: 'platform', value: match.value, start: word.start, end: last.end });
      at += match.length - 1;
    } else if (word.folded.startsWith('ip') || /\d/.test(word.folded)) {
      const model = findModel(view, word);
      if (model !== null) found.push(model);
    }
  }
  return found;
}

/** "iphone13" is a platform with a number behind it, "ip 11" one only with its number. */
function findModel({ folded }: TextView, word: Word): Candidate | null {
  const ip = word.folded.startsWith('ip')
    ? IP_MODEL.exec(folded.slice(word.start, word.end + 20))?.[0]
    : undefined;
  if (ip !== undefined)
    return { type: 'platform', value: 'ios', start: word.start, end: word.start + ip.length };
  const name = /^[a-z]{3,}(?=\d)/.exec(word.folded)?.[0];
  const platform =
    name === undefined ? undefined : INDEX.get(name)?.find((entry) => entry.folded.length === 1)?.value;
  if (name === undefined || platform === undefined) return null;
  return { type: 'platform', value: platform, start: word.start, end: word.start + name.length };
}
