/** The words of a call, in both languages: they come with its file, not with the chat. */
import type { Preferences } from '../device/preferences.ts';

const VI = {
  title: 'Gọi tổng đài',
  about: 'Cuộc gọi đi qua mạng, ngay tại đây: không mất cước điện thoại, chỉ tốn dữ liệu mạng.',
  microphone:
    'Tiếp theo, máy sẽ hỏi quyền dùng micro. Anh/Chị chọn “Cho phép” để nhân viên nghe được tiếng của Anh/Chị.',
  start: 'Gọi ngay',
  notNow: 'Để sau',
  ringing: 'Đang gọi tổng đài…',
  connecting: 'Nhân viên đã nghe máy, đang nối tiếng…',
  talkingTo: (agent: string): string => `Đang nói chuyện với ${agent}`,
  unsteady: 'Mạng chập chờn, đang nối lại…',
  holding: 'Anh/Chị đang giữ máy',
  held: 'Nhân viên đang giữ máy, Anh/Chị chờ chút nhé',
  mute: 'Tắt mic',
  unmute: 'Bật mic',
  hold: 'Giữ máy',
  unhold: 'Nói tiếp',
  hangUp: 'Kết thúc',
  levels: { good: 'Tín hiệu tốt', fair: 'Tín hiệu chập chờn', poor: 'Tín hiệu kém' },
  over: 'Cuộc gọi đã kết thúc.',
  callback: 'Hẹn gọi lại',
  hindered: {
    nobody: {
      title: 'Chưa có nhân viên rảnh',
      text: 'Hiện chưa có nhân viên nào nghe máy được. Anh/Chị để lại số, nhân viên sẽ gọi lại.',
    },
    unanswered: {
      title: 'Chưa có người nghe máy',
      text: 'Các nhân viên đang bận. Anh/Chị để lại số, nhân viên sẽ gọi lại.',
    },
    lost: {
      title: 'Cuộc gọi bị gián đoạn',
      text: 'Mạng của một trong hai bên quá yếu. Anh/Chị gọi lại sau, hoặc để lại số để nhân viên gọi.',
    },
    offline: {
      title: 'Chưa gọi được',
      text: 'Máy chưa kết nối được với tổng đài. Anh/Chị kiểm tra mạng rồi thử lại, hoặc để lại số.',
    },
    refused: {
      title: 'Chưa được dùng micro',
      text: 'Trang này chưa được phép dùng micro. Anh/Chị bật quyền micro trong cài đặt của trình duyệt rồi gọi lại, hoặc để lại số để nhân viên gọi.',
    },
    missing: {
      title: 'Không tìm thấy micro',
      text: 'Máy này không có micro, hoặc micro chưa được cắm. Anh/Chị để lại số, nhân viên sẽ gọi lại.',
    },
    busy: {
      title: 'Micro đang bận',
      text: 'Ứng dụng khác đang dùng micro. Anh/Chị đóng ứng dụng đó rồi gọi lại, hoặc để lại số.',
    },
    unsupported: {
      title: 'Máy này chưa gọi được',
      text: 'Trình duyệt này không gọi được qua mạng. Anh/Chị để lại số, nhân viên sẽ gọi lại.',
    },
  },
};

export type CallCopy = typeof VI;

const EN: CallCopy = {
  title: 'Call the hotline',
  about: 'The call runs over the internet, right here: no telephone charges, only data.',
  microphone:
    'Next, your device asks whether the microphone may be used. Choose “Allow” so that the agent hears you.',
  start: 'Call now',
  notNow: 'Not now',
  ringing: 'Calling the hotline…',
  connecting: 'An agent has answered, connecting…',
  talkingTo: (agent) => `Talking with ${agent}`,
  unsteady: 'The network is unsteady, reconnecting…',
  holding: 'You are holding the call',
  held: 'The agent has put you on hold, one moment please',
  mute: 'Mute',
  unmute: 'Unmute',
  hold: 'Hold',
  unhold: 'Resume',
  hangUp: 'Hang up',
  levels: { good: 'Good signal', fair: 'Unsteady signal', poor: 'Poor signal' },
  over: 'The call has ended.',
  callback: 'Ask for a callback',
  hindered: {
    nobody: {
      title: 'No agent is free',
      text: 'Nobody can take the call right now. Leave your number and an agent will call you back.',
    },
    unanswered: {
      title: 'Nobody answered',
      text: 'All agents are busy. Leave your number and an agent will call you back.',
    },
    lost: {
      title: 'The call broke off',
      text: 'The network of one side is too weak. Call again later, or leave your number.',
    },
    offline: {
      title: 'The call could not be made',
      text: 'The hotline cannot be reached. Check the network and try again, or leave your number.',
    },
    refused: {
      title: 'The microphone is blocked',
      text: 'This page may not use the microphone. Allow it in the settings of your browser and call again, or leave your number.',
    },
    missing: {
      title: 'No microphone found',
      text: 'This device has no microphone, or it is not plugged in. Leave your number and an agent will call you back.',
    },
    busy: {
      title: 'The microphone is in use',
      text: 'Another app uses the microphone. Close it and call again, or leave your number.',
    },
    unsupported: {
      title: 'This device cannot call',
      text: 'This browser cannot make calls. Leave your number and an agent will call you back.',
    },
  },
};

export const CALL_COPY: Readonly<Record<Preferences['locale'], CallCopy>> = { vi: VI, en: EN };
