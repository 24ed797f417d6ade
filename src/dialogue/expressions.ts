/**
 * What people say to a bot besides their matter: yes, no, never mind, not that one. Whole messages only: "thôi" is
 * a way out, "tôi bị đuổi việc thôi" is not.
 */
import type { Said } from './said.ts';

const set = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s*\|\s*|\s*\n\s*/));
const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Typed with these accents the word is another one: "đừng" forbids, "dùng" uses. */
const NOT_YES = words('đừng dừng dùng đứng dụng cô cờ');

const YES =
  set(`u|o|da|dung|dung vay|dung the|dung y|dung cai do|phai|dung la vay|chinh xac|chuan|chuan luon|ok|ok em|vang|co|duoc|
  dong y|yes|y|cai do|y do|cau do|no do|chinh no|hop ly|dung u|u dung|u ok|ok duoc|vang dung|vang u|phai vay|u phai|tat nhien|
  co chu|co muon|muon|toi muon|u toi muon|co toi muon|da co|yeah|yep`);

const SEND =
  /^(?:(?:u|ok|vang|da|dung|duoc|thoi|roi|het|dong y|chinh xac) )*(?:gui(?: (?:di|luon|ngay|giup|cho|toi|em|minh|nhe|nha|dum|gium))*|xac nhan|chap nhan|chot|hoan tat)$|^dung (?:het|ca|het roi)$/;

const NO =
  set(`khong|khong phai|khong dung|sai|sai roi|chua|chua dung|khong phai vay|dau phai|dau co|no|khong phai the|khong he|
  chua chinh xac|khong chinh xac|khong muon`);

const RETRY = set(
  `thu lai|thu lai di|gui lai|gui lai di|lam lai|lam lai di|thu lan nua|thu lai xem|gui lai giup toi|tra lai|tra lai di`,
);

const SKIP =
  set(`bo qua|bo qua di|bo qua phan nay|bo qua cau nay|bo qua buoc nay|de sau|de sau di|de luc khac|skip|khong|khong co|khong co gi|
  khong biet|khong nho|khong ro|khong biet nua|khong ro nua|khong ro lam|khong biet la co quan nao|khong ro la co quan nao|khong biet don vi nao|khong ro don vi nao|khong biet khong ro|khong ro khong biet|khong nho ro|khong biet ro|khong can|khong can dau|khong can thiet|khong muon|khong muon cho|khong muon noi|khong tien|khong cho|
  chua biet|chua ro|chua nho|khoi|khoi can|khoi di|thoi khoi|thoi khong can|khong de lai|khong muon de lai|
  khong de lai so|khong muon de lai so|khong cho so|khong muon cho so|an danh|giau ten|toi khong biet|toi khong nho|toi khong ro|
  minh khong biet|minh khong nho|toi cung khong biet|toi khong muon|khong danh gia|khong cham|khong biet ten|khong co so|
  khong co dien thoai|khong lien quan|quen|quen roi|quen ma|quen ma roi|mat ma roi|khong nho ma|khong con nho|khong co ma|khong co co quan nao|khong co noi nao`);

/** A message of these words alone, one of the first among them, ends what is going on. */
const CANCEL_CUES = words('huy thoi cancel stop thoat khoi');
const CANCEL_WORDS =
  words(`huy bo thoi khong gui lam can nua toi minh em anh chi muon yeu cau phieu phan anh gop y khoi lai luon het cai nay
  do viec ket thuc thoat cancel stop di a da nhe nha dung hoi tra cuu goi roi cho oi dep voi vay day tui con khai tim khieu nai kien nghi gi dau sung them`);
const CANCEL = set(
  `dung lai|dung lai di|dung gui|dung gui nua|bo di|ket thuc|quay lai|ve dau|bo|khong lam nua|khong gui nua|khong muon gui`,
);
const LONGEST_CANCEL = 10;

/** Behind "không phải" these alone do not make a new question. */
const REJECTION_WORDS =
  words(`la cai cau y dieu viec muc the vay nhu do nay kia toi minh em hoi can muon tren cac nhung so nao ca het dau roi
  noi khong phai dung khac dang cho a da oi gi vua nay o day tui anh chi nhe ma`);
const REJECTIONS =
  set(`y khac|cau khac|cai khac|chuyen khac|viec khac|toi hoi cai khac|toi hoi y khac|toi hoi chuyen khac|hieu sai roi|hieu sai y|hieu sai|
  hieu nham|hieu nham roi|hieu nham y|sai y|sai y roi|tra loi sai|tra loi sai roi|tra loi khong dung|tra loi lac de|lac de|lac de roi|khong lien quan|
  khong lien quan gi|khong dung y|khong dung y toi|khong trung y|khong co cai nao|khong co y nao|khong cai nao dung|chang cai nao|deu khong phai|
  khong giong|sai cau hoi|khong phai cau tra loi toi can|khong dung cau hoi|nham roi|nham y roi|khong cai nao|khong y nao|khong cau nao`);
const LONGEST_REJECTION = 10;

const NOT_WORKING =
  set(`khong duoc|van khong duoc|chua duoc|van chua duoc|lam roi khong duoc|lam roi ma khong duoc|lam roi van khong duoc|
  toi lam roi khong duoc|toi lam roi ma khong duoc|lam theo roi ma khong duoc|lam theo khong duoc|thu roi khong duoc|thu roi ma khong duoc|
  toi thu roi khong duoc|khong lam duoc|toi khong lam duoc|lam khong duoc|lam theo roi van khong duoc|lam roi van vay|van vay|van the|
  van bi|van loi|khong vao duoc van bi|lam hoai khong duoc|lam mai khong duoc|lam dung roi ma khong duoc|thu roi van vay`);

const ACKNOWLEDGED =
  set(`hieu|hieu roi|toi hieu|toi hieu roi|biet|biet roi|toi biet roi|da ro|ro roi|ro|da hieu|duoc roi|tot|tot roi|tot qua|xong|xong roi|
  lam duoc|lam duoc roi|toi lam duoc roi|the a|vay a|vay|u|o|ok|vang|da|dung|phai|duoc|ok em|hay qua|tuyet|tuyet voi|hay|ngon|on|on roi|da biet|
  de toi thu|de toi thu xem|de minh thu|toi thu xem|toi thu|de thu|de xem`);

export const isYes = ({ core, words: heard }: Said): boolean =>
  (YES.has(core) || SEND.test(core)) && !heard.some(({ typed }) => NOT_YES.has(typed));
export const isNo = ({ core }: Said): boolean => NO.has(core);
export const isRetry = ({ core }: Said): boolean => RETRY.has(core.replace(/^(?:u|ok|vang|co) /, ''));
const NOTHING_TO_GIVE =
  /^(?:(?:toi|em|minh|tui|cung|da|thi) )*(?:khong|chua) (?:co|biet|nho|ro|muon|can|tien|de lai|cho)(?: (?:so|dien thoai|so dien thoai|may|co quan|ten|noi|nao|gi|ca|het|de lai|cho|dau|muon|lien quan|ro))*$/;

const NO_EMAIL =
  /^(?:(?:toi|em|minh|tui|cung|da|thi) )*(?:khong|chua) (?:co|dung|xai|biet dung|nho)(?: dia chi)? (?:email|em mail|mail|gmail)(?: (?:nao|ca|het|dau))*$/;

export const isSkip = ({ core }: Said): boolean =>
  SKIP.has(core) || NOTHING_TO_GIVE.test(core) || NO_EMAIL.test(core);
export const isNotWorking = ({ core }: Said): boolean => NOT_WORKING.has(core);
export const isAcknowledgement = (said: Said): boolean =>
  (ACKNOWLEDGED.has(said.core) || YES.has(said.core)) && !said.words.some(({ typed }) => NOT_YES.has(typed));

/** "gửi lại", "ok gửi đi" when there is nothing left to send. */
export const isSendAgain = ({ core }: Said): boolean =>
  /^(?:(?:u|ok|vang|da) )*(?:gui lai|gui lai di|gui lai giup toi|gui nua di)$/.test(core) ||
  (SEND.test(core) && !/\bhet\b/.test(core));

/** "sửa nội dung", "hủy phiếu" when it was sent already. */
export const isChangeOfSent = ({ core }: Said): boolean =>
  /^(?:(?:toi|em|minh|tui|cho|muon|can|xin|u|ok|a|thoi) )*(?:(?:sua|chinh sua|sua doi|thay doi|bo sung|huy|rut)(?: lai)? (?:noi dung|phieu|phan anh|gop y|khieu nai|yeu cau)(?: .{0,20})?|(?:sua|chinh sua)(?: lai)?(?: di)?|sua(?: lai)? (?:so|so dien thoai|co quan|gio|gio goi))$/.test(
    core,
  );

/** "bổ sung phiếu": of these changes the one that can be made. */
export const addsToSent = ({ core }: Said): boolean => /\bbo sung\b/.test(core);

/** "bổ sung thông tin", "em muốn gửi thêm", below a ticket that was looked up. */
export const wantsToAdd = ({ core }: Said): boolean =>
  /^(?:(?:toi|em|minh|tui|cho|muon|can|xin|u|ok|a|co) )*(?:bo sung|(?:gui|ghi|noi|nhan) them|them thong tin)(?: .{0,30})?$/.test(
    core,
  );

/** "tiếp tục", when something is asked for. */
export const isGoOn = ({ core }: Said): boolean =>
  /^(?:(?:u|ok|vang|da|thi|roi|lam) )*(?:tiep|tiep tuc|tiep theo|lam tiep|tiep tuc lam)(?: di)?$/.test(core);

/** Neither letter nor digit: "?", "...", "😀". What was covered says something. */
export const isWordless = ({ text }: Said): boolean => !/[\p{L}\p{N}•]/u.test(text);
/** "?", "??" */
export const isMark = ({ text }: Said): boolean => /^[\s?!.…]*\?[\s?!.…]*$/.test(text);

const LONGEST_WHY = 12;
/** "tại sao phải cho số", "để làm gì": why the bot wants the phone number. */
export function asksWhyPhone({ core, folded }: Said): boolean {
  if (
    /^(?:de |can |xin |hoi |lay |cho )*(?:lam gi|lam chi|chi vay|tai sao|vi sao|sao vay|sao phai)$/.test(core)
  )
    return true;
  if (folded.split(' ').length > LONGEST_WHY) return false;
  return (
    /\b(?:tai sao|vi sao|sao|lam gi|lam chi|muc dich|bi lo|lo thong tin|an toan)\b/.test(folded) &&
    /\b(?:so|dien thoai|bat buoc|phai (?:cho|khai|nhap|de lai|dua))\b/.test(folded) &&
    !/\b(?:mat khau|dang nhap|dang ky|otp|doi so|so bhxh|ma so|so bao hiem|so cccd)\b/.test(folded)
  );
}

const LONGEST_HOW_LONG = 6;
/** "mất bao lâu vậy" */
export const asksHowLong = ({ folded, words: heard }: Said): boolean =>
  heard.length <= LONGEST_HOW_LONG &&
  /^(?:(?:the|vay|ma|mat|trong|phai|cho|doi|thi|bao gio|khi nao) )*(?:bao lau|bao gio|khi nao|chung nao)(?: (?:vay|the|nua|thi|a|em|xong|co|goi|goi lai|tra loi|moi|duoc|lien he))*$/.test(
    folded,
  );

/** "không có số": there is none, rather than that it is kept back. */
export const hasNoPhone = ({ core }: Said): boolean =>
  /^(?:(?:toi|em|minh|tui|cung|da|thi|gio|hien|hien tai) )*(?:lam gi co|khong (?:co|dung|xai)|chua co)(?: (?:so|so nao|so dien thoai|dien thoai|may|dien thoai nao))(?: (?:ca|het|dau|nao|de cho))*$/.test(
    core,
  );

/** "tôi đã thử hết rồi mà vẫn không được", beside a topic. */
export const triedInVain = ({ folded }: Said): boolean =>
  /\b(?:thu|lam|lam theo)(?: \w+){0,4}? (?:roi|het|mai|hoai|du cach|moi cach)\b.*\b(?:khong|chua|van)\b|\bvan (?:khong|chua) (?:duoc|xong|vao duoc|lam duoc)\b/.test(
    folded,
  );

export function isCancel({ core, words: heard, folded }: Said): boolean {
  if (CANCEL.has(core)) return true;
  const tokens = folded.split(' ');
  if (tokens.length > LONGEST_CANCEL || heard.length === 0) return false;
  if (SEND.test(core) || /\blam lai\b/.test(folded)) return false;
  return (
    tokens.every((token) => CANCEL_WORDS.has(token)) &&
    (tokens.some((token) => CANCEL_CUES.has(token)) || /\bkhong .*\bnua\b/.test(folded))
  );
}

/** "thêm nữa là …", when what was said is being read back. */
export const isAddition = ({ folded, words: heard }: Said): boolean =>
  heard.length >= FEWEST_IN_ADDITION && ADDITION.test(folded);
const ADDITION =
  /^(?:(?:a|o|da|u|toi|em|minh|cho|muon|xin|va) )*(?:them|bo sung|voi lai|ngoai ra|con nua|ghi them|noi them)\b/;
const FEWEST_IN_ADDITION = 4;

/** "không phải cái đó", "ý khác": the last answer or the choices offered miss the point. */
export function isRejection({ core, folded }: Said): boolean {
  if (REJECTIONS.has(core)) return true;
  const tokens = folded.split(' ');
  if (tokens.length > LONGEST_REJECTION) return false;
  return (
    /\b(?:khong|dau|chua) (?:phai|dung)\b|\bkhong (?:co )?(?:cai|y|cau) nao\b/.test(folded) &&
    tokens.every((token) => REJECTION_WORDS.has(token))
  );
}

/** Abuse that stands for nothing else, by the accents typed. "ngủ" sleeps, "đeo" wears. */
const SWEARING = words(
  `đm đmm dmm đcm dcm đkm dkm vcl vkl vlol clgt cmm cmnr đéo đếch địt đjt lồn cặc buồi dm đmcs vãi ngu`,
);
const SWEARING_PAIRS =
  /\b(?:oc cho|mat day|khon nan|do cho|cho ma|me may|bo may|con me no|do ngu|ngu nhu|vo dung|do dien|cho chet|dau buoi|cai lon|(?:do|bon|lu|quan|tui|dam) lua dao|(?:chung|bon|tui|lu) (?:may|bay)\b.* lua dao|lua dao\b.* (?:chung|bon|tui|lu) (?:may|bay))\b/;

export function isSwearing({ words: heard, folded }: Said): boolean {
  if (heard.some(({ typed }) => SWEARING.has(typed)) || SWEARING_PAIRS.test(folded)) return true;
  return /\blua dao\b/.test(folded) && heard.some(({ typed }) => typed === 'mày');
}

/** Asks how, where or when. "Tại sao" complains as often as it asks, and so may a question mark. */
export function asksHow({ folded }: Said): boolean {
  return /\b(?:lam sao|the nao|nhu nao|cach nao|kieu gi|o dau|cho nao|khi nao|bao lau|bao gio|bao nhieu|la gi|lam gi|thi sao|can gi)\b/.test(
    folded,
  );
}

export function isQuestion(said: Said): boolean {
  return said.text.includes('?') || asksHow(said) || /\b(?:duoc khong|co can|la sao)\b/.test(said.folded);
}

const LONGEST_QUEUE_MESSAGE = 9;

/** What a contact who waits for a person may say to the bot. */
export function readQueueWish(said: Said): 'callback' | 'bot' | null {
  const { core: typed, folded } = said;
  const core = typed.replace(/^(?:(?:u|ok|vang|thoi) )+/, '');
  if (folded.split(' ').length > LONGEST_QUEUE_MESSAGE) return null;
  if (
    /^(?:thoi )?(?:hay |cho |nho |vui long |toi muon |lam on |bao nhan vien |nhan vien )*(?:goi lai(?!.*\b(?:chua|khi nao|bao gio|khong)\b)|de lai (?:so|sdt)|de so)\b/.test(
      core,
    )
  )
    return 'callback';
  if (
    /^(?:thoi |toi |minh |em )*(?:khong (?:cho|doi|gap|can)(?: nhan vien)?(?: them)? nua|khong (?:cho|doi)(?: (?:dau|duoc))?$|khong (?:cho|doi) (?:dau|duoc)|khoi (?:cho|doi))/.test(
      core,
    ) ||
    /^(?:thoi |cho |toi |minh |muon |xin |de |toi muon )*(?:quay lai|tro lai|hoi (?:tiep |lai )?(?:voi )?(?:bot|tro ly|tro ly ao|chatbot|may)|hoi tiep|noi chuyen voi (?:bot|tro ly)|roi (?:khoi )?hang(?: cho)?|(?:thoat|huy)(?: khoi)? (?:cho|yeu cau|hang cho|hang doi)|tiep tuc voi (?:bot|tro ly))(?: .{0,20})?$/.test(
      core,
    )
  )
    return 'bot';
  return isCancel(said) && !/\b(?:cho|doi|goi)\b/.test(folded) ? 'bot' : null;
}
