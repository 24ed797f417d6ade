/** What the contact is told of a change, in Vietnamese. Notes of the staff never show here. */
import type { ConversationEvent } from '../contracts/console.ts';

export function writeNotice({ kind, by, to, skill }: ConversationEvent): string {
  switch (kind) {
    case 'claimed':
      return `Nhân viên ${by?.name ?? ''} đã vào hỗ trợ Anh/Chị.`;
    case 'assigned':
      return `Nhân viên ${to?.name ?? ''} đã vào hỗ trợ Anh/Chị.`;
    case 'taken-over':
      return `Nhân viên ${by?.name ?? ''} sẽ hỗ trợ Anh/Chị tiếp.`;
    case 'transferred':
      return `Nhân viên ${to?.name ?? ''} sẽ hỗ trợ Anh/Chị tiếp. Anh/Chị không cần kể lại từ đầu.`;
    case 'joined':
      return `Nhân viên ${by?.name ?? ''} cùng hỗ trợ Anh/Chị.`;
    case 'returned':
      return skill === null
        ? 'Anh/Chị được chuyển lại hàng chờ, ở hàng đầu. Nhân viên khác sẽ vào hỗ trợ ngay khi rảnh.'
        : `Anh/Chị được chuyển đến nhân viên chuyên về ${skill}, ở đầu hàng chờ. Anh/Chị chờ chút nhé.`;
    case 'agent-gone':
      return 'Nhân viên vừa bị mất kết nối. Anh/Chị được xếp ở đầu hàng chờ, không phải chờ lại từ đầu. Mong Anh/Chị thông cảm.';
    case 'to-bot':
      return 'Nhân viên đã chuyển Anh/Chị lại cho trợ lý ảo. Anh/Chị cần hỏi gì thêm, cứ nhắn tại đây.';
    case 'closed':
      return 'Nhân viên đã kết thúc cuộc trò chuyện. Cảm ơn Anh/Chị đã liên hệ.';
    case 'reopened':
      return 'Cuộc trò chuyện được mở lại. Anh/Chị được xếp gần đầu hàng chờ, nhân viên sẽ vào hỗ trợ tiếp.';
    case 'duty-ended':
      return 'Hôm nay đã hết giờ trực. Chỗ chờ của Anh/Chị vẫn được giữ; Anh/Chị cũng có thể để lại số để nhân viên gọi lại.';
  }
}
