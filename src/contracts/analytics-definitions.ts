/**
 * What each number means, in the words of those who read it: beside the number in the console, in the summary mail, in
 * tables, and in docs/analytics.md.
 */
import type { CountName, TicketCountName, TicketTimeName, TimeName } from './analytics.ts';

export interface Definition {
  readonly label: string;
  readonly meaning: string;
}

/** Silence that ends a visit. */
export const VISIT_ENDS_AFTER_MINUTES = 30;
/** A like question this soon behind an answer says that the answer did not do. */
export const ASKED_AGAIN_WITHIN_MINUTES = 10;

export type DefinedName =
  | 'leftOpen'
  | 'ongoing'
  | CountName
  | TimeName
  | TicketCountName
  | TicketTimeName
  | 'satisfaction'
  | 'handled';
export type Definitions = Readonly<Record<DefinedName, Definition>>;

export const DEFINITIONS: Definitions = {
  asked: {
    label: 'Câu hỏi',
    meaning:
      'Câu người dùng gõ cho trợ lý ảo, hoặc chủ đề người dùng bấm chọn. Không tính lời chào, lời cảm ơn, nội dung điền biểu mẫu, lời yêu cầu gặp nhân viên và tin nhắn trong lúc chờ nhân viên.',
  },
  answered: {
    label: 'Đã trả lời',
    meaning:
      'Câu hỏi mà trợ lý ảo đưa ra câu trả lời hoặc mở đúng biểu mẫu, kể cả sau khi hỏi lại và người dùng chọn. Đã trả lời chưa có nghĩa là đã giúp được.',
  },
  answeredByChoice: {
    label: 'Trả lời sau khi hỏi lại',
    meaning: 'Trong số đã trả lời: trợ lý ảo hỏi lại và người dùng chọn ngay một gợi ý.',
  },
  clarified: {
    label: 'Hỏi lại chưa ra',
    meaning: 'Trợ lý ảo hỏi lại nhưng người dùng không chọn gợi ý nào ngay sau đó.',
  },
  unknown: { label: 'Không hiểu', meaning: 'Trợ lý ảo nói chưa hiểu hoặc chưa có câu trả lời.' },
  helpful: {
    label: 'Xác nhận hữu ích',
    meaning:
      'Câu trả lời được người dùng bấm “Có” (có giúp được). Không suy đoán từ lời cảm ơn hay từ việc người dùng im lặng.',
  },
  unhelpful: { label: 'Chưa hữu ích', meaning: 'Câu trả lời bị người dùng bấm “Chưa” (chưa giúp được).' },
  wrong: {
    label: 'Trả lời sai',
    meaning:
      'Câu trả lời bị người dùng bấm “Chưa” với lý do “Không đúng câu hỏi”, hoặc bị nhân viên đánh dấu là sai. Tỷ lệ tính trên số câu đã trả lời.',
  },
  askedAgain: {
    label: 'Hỏi lại câu cũ',
    meaning: `Câu đã trả lời mà trong ${ASKED_AGAIN_WITHIN_MINUTES} phút sau người dùng hỏi lại cùng chủ đề hoặc bằng lời gần giống.`,
  },
  leftOpen: {
    label: 'Rời đi chưa có câu trả lời',
    meaning:
      'Trong số câu không hiểu hoặc hỏi lại chưa ra: sau đó người dùng rời đi, không câu nào được trả lời nữa và không gặp nhân viên.',
  },
  visits: {
    label: 'Lượt liên hệ',
    meaning: `Một lần người dùng vào nhắn tin; im lặng quá ${VISIT_ENDS_AFTER_MINUTES} phút mà không có nhân viên giữ thì lần sau là lượt mới. Một hội thoại có thể gồm nhiều lượt.`,
  },
  resolved: {
    label: 'Tự giải quyết',
    meaning:
      'Lượt có câu hỏi, câu cuối được trả lời, không chuyển nhân viên, không tạo phiếu, không hỏi lại câu cũ, không bị chê và không bỏ dở. Người bỏ cuộc không bao giờ được tính ở đây.',
  },
  unresolved: {
    label: 'Trả lời chưa đạt',
    meaning: 'Lượt được trả lời nhưng có câu bị hỏi lại, bị bấm “Chưa” hoặc bị đánh dấu sai.',
  },
  abandoned: {
    label: 'Bỏ dở',
    meaning: `Lượt kết thúc (im lặng ${VISIT_ENDS_AFTER_MINUTES} phút) khi câu cuối chưa được trả lời, hoặc đang điền dở biểu mẫu, hoặc muốn gặp nhân viên mà không được chuyển.`,
  },
  handedOver: {
    label: 'Chuyển nhân viên',
    meaning:
      'Lượt mà người dùng được đưa vào hàng chờ hoặc được nhân viên tiếp nhận, kể cả khi bỏ về giữa chừng.',
  },
  ticketed: {
    label: 'Qua phiếu',
    meaning: 'Lượt không chuyển nhân viên mà có tạo phiếu hoặc tra cứu phiếu.',
  },
  noQuestion: { label: 'Không có câu hỏi', meaning: 'Lượt chỉ chào hỏi hoặc chỉ bấm xem, không hỏi gì.' },
  ongoing: {
    label: 'Đang diễn ra',
    meaning: `Lượt chưa kết thúc: chưa im lặng đủ ${VISIT_ENDS_AFTER_MINUTES} phút nên chưa biết kết quả. Cộng với các kết quả khác thì bằng số lượt liên hệ.`,
  },
  requested: { label: 'Yêu cầu gặp nhân viên', meaning: 'Số lần vào hàng chờ gặp nhân viên.' },
  claimed: { label: 'Được tiếp nhận', meaning: 'Yêu cầu có nhân viên nhận.' },
  lost: {
    label: 'Rời hàng chờ',
    meaning: 'Yêu cầu kết thúc trước khi có nhân viên nhận: người dùng bỏ chờ hoặc hội thoại bị đóng.',
  },
  wait: { label: 'Thời gian chờ', meaning: 'Từ lúc vào hàng chờ đến lúc nhân viên nhận.' },
  firstResponse: {
    label: 'Phản hồi đầu tiên',
    meaning: 'Từ lúc vào hàng chờ đến tin nhắn đầu tiên của nhân viên. Ở từng nhân viên: tính từ lúc nhận.',
  },
  handling: {
    label: 'Thời gian xử lý',
    meaning: 'Từ lúc nhân viên nhận đến lúc đóng hoặc trả về trợ lý ảo.',
  },
  resolution: { label: 'Thời gian giải quyết', meaning: 'Từ lúc vào hàng chờ đến lúc đóng hội thoại.' },
  satisfaction: {
    label: 'Mức hài lòng',
    meaning: 'Điểm 1 đến 5 người dùng chấm sau khi hội thoại đóng. Chỉ tính người có chấm.',
  },
  handled: {
    label: 'Hội thoại đã nhận',
    meaning:
      'Số lần nhân viên nhận một hội thoại, kể cả được giao hoặc chuyển đến. Thời gian giữ được cộng dồn khi giữ nhiều hội thoại cùng lúc.',
  },
  created: { label: 'Phiếu mới', meaning: 'Phiếu được tạo trong kỳ, từ mọi nguồn.' },
  closed: {
    label: 'Phiếu xong',
    meaning: 'Phiếu được giải quyết hoặc từ chối trong kỳ và chưa bị mở lại. Không tính phiếu gộp.',
  },
  inTime: { label: 'Xong đúng hạn', meaning: 'Phiếu xong mà hạn giải quyết chưa bị vượt.' },
  late: { label: 'Xong trễ hạn', meaning: 'Phiếu xong sau khi đã vượt hạn giải quyết.' },
  breached: { label: 'Vượt hạn', meaning: 'Phiếu vượt hạn giải quyết trong kỳ, dù nay đã xong hay chưa.' },
  reopened: { label: 'Mở lại', meaning: 'Số lần phiếu đã xong được mở lại.' },
  ticketFirstResponse: {
    label: 'Phản hồi phiếu đầu tiên',
    meaning: 'Từ lúc tạo phiếu đến lần phản hồi đầu tiên, tính cả giờ nghỉ.',
  },
  ticketResolution: {
    label: 'Thời gian giải quyết phiếu',
    meaning: 'Từ lúc tạo phiếu đến lúc xong, tính cả giờ nghỉ.',
  },
};
