/**
 * The culture "vi-vn" for Microsoft.Recognizers.Text: phone numbers with Vietnamese patterns, e-mail and
 * web addresses as the library has them, and Vietnamese identity numbers as a model of our own.
 */
import type { IModel, Match } from '@microsoft/recognizers-text';
// The package is CommonJS and its exports cannot be seen from ESM: only the default import works at run time.
import library from '@microsoft/recognizers-text-sequence';
import { identityNumberModel } from './identity-numbers.ts';
import { HOTLINE, LANDLINE, MOBILE } from './phone-numbers.ts';

const VIETNAMESE = 'vi-vn';

/** `Culture`'s constructor is protected, so a new one must be a subclass. */
class VietnameseCulture extends library.Culture {
  constructor() {
    super('Vietnamese', VIETNAMESE);
  }
}

class VietnamesePhoneExtractor extends library.BaseSequenceExtractor {
  // The library's own patterns miss (028) 39.000.111 and take BHXH numbers for British and German phones.
  override regexes = new Map([
    [MOBILE, 'mobile'],
    [LANDLINE, 'landline'],
    [HOTLINE, 'hotline'],
  ]);

  /** "09-12-2021 10h" begins with a date, though its digits would make a phone number. */
  override isValidMatch(match: Match): boolean {
    return !/^\d{1,2}([.-])\d{1,2}\1(?:19|20)\d\d(?!\d)/.test(match.value);
  }
}

/** Hosts that people type without http or www. Other endings are Vietnamese words after a full stop: "xong.ai giúp". */
const BARE_HOST =
  /\.(?:vn|com|net|org|info|edu|gov|xyz|asia|biz)(?:[:/#]|$)|\b(?:(?:zalo|m|t|fb)\.me|bit\.ly|goo\.gl)\//;

/** Is it worth asking the URL model, and is what it found no pair of words with a full stop between? */
export function looksLikeUrl(text: string): boolean {
  return /(?:https?|ftp):\/\/|\bwww\./.test(text) || BARE_HOST.test(text);
}

class VietnameseUrlExtractor extends library.BaseURLExtractor {
  constructor() {
    super(new library.EnglishURLExtractorConfiguration());
  }

  override isValidMatch(match: Match): boolean {
    return super.isValidMatch(match) && looksLikeUrl(match.value);
  }
}

class VietnameseRecognizer extends library.SequenceRecognizer {
  constructor() {
    super(VIETNAMESE);
  }

  protected override InitializeConfiguration(): void {
    const {
      PhoneNumberModel,
      PhoneNumberParser,
      EmailModel,
      EmailParser,
      EmailExtractor,
      URLModel,
      URLParser,
    } = library;
    this.registerModel('PhoneNumberModel', VIETNAMESE, () => {
      return new PhoneNumberModel(new PhoneNumberParser(), new VietnamesePhoneExtractor());
    });
    this.registerModel(
      'EmailModel',
      VIETNAMESE,
      () => new EmailModel(new EmailParser(), new EmailExtractor()),
    );
    this.registerModel(
      'URLModel',
      VIETNAMESE,
      () => new URLModel(new URLParser(), new VietnameseUrlExtractor()),
    );
    this.registerModel('IdentityNumberModel', VIETNAMESE, () => identityNumberModel);
  }
}

/** The models of the culture "vi-vn". Their positions are 0-based with `end` inclusive, as in all of the library. */
export interface VietnameseModels {
  readonly phone: IModel;
  readonly email: IModel;
  readonly url: IModel;
  /** Wants text in lower case with its accents; the others want it folded. */
  readonly identityNumber: IModel;
}

/** Adds the culture to the library, once, and gives its models. */
export function createVietnameseModels(): VietnameseModels {
  const { supportedCultures } = library.Culture;
  if (!supportedCultures.some(({ cultureCode }) => cultureCode === VIETNAMESE)) {
    supportedCultures.push(new VietnameseCulture());
  }
  const recognizer = new VietnameseRecognizer();
  return {
    phone: recognizer.getPhoneNumberModel(VIETNAMESE, false),
    email: recognizer.getEmailModel(VIETNAMESE, false),
    url: recognizer.getURLModel(VIETNAMESE, false),
    identityNumber: recognizer.getModel('IdentityNumberModel', VIETNAMESE, false),
  };
}
