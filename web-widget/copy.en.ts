/** The chat's own words in English, in a file of their own (bundle.ts). Answers stay Vietnamese: they come from the desk. */
import { writeDistance } from '../web-sync/place-links.ts';
import type { Copy } from './copy.vi.ts';
import type { CalendarDay } from './sync/days.ts';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const REFUSALS: Readonly<Record<string, string>> = {
  text_required: 'The message is empty.',
  text_too_long: 'The message is longer than 2,000 characters. Please shorten it.',
  text_without_words: 'There are no words in the message. Please write your question in words.',
  attachment_not_found: 'The file is no longer there. Please choose it again.',
  text_malformed: 'The message contains broken characters. Please type it instead of pasting it.',
  internal: 'Something went wrong on our side. Please try again in a few minutes.',
};

export const EN: Copy = {
  title: 'VssID support',
  menu: 'Options',
  close: 'Close the chat',

  status: {
    connecting: 'Connecting…',
    online: 'Virtual assistant, answers at once',
    waiting: 'Reconnecting…',
    offline: 'No network',
    degraded: 'Service disrupted',
    busy: 'Many people are asking',
    checking: 'Checking…',
    refused: 'Please sign in again',
    queued: 'Waiting for an agent',
    active: 'An agent is with you',
    closed: 'This conversation has ended',
  },
  banner: {
    offline: 'Your phone is offline. Keep writing: messages are sent when the network is back.',
    waiting: 'Reconnecting… Your messages are kept.',
    degraded: 'Our storage is disrupted. Answers are provisional; your messages will be sent later.',
    busy: 'Many people are asking at once. Your messages are kept and will be sent in a moment.',
    checking: 'Checking the connection… Very many people are asking; this takes a few seconds.',
    refused: 'Your session has expired. Sign in again in the app to continue this conversation.',
    queued: 'No agent is on duty yet. Your request stays in the queue.',
    closed: 'This conversation has ended. A new message starts a new one with the virtual assistant.',
    retry: 'Try again',
    withoutSigningIn: 'Continue without signing in',
    callback: 'Leave a number to be called back',
    backToBot: 'Stop waiting',
    reopen: 'Reopen the conversation',
    reopenFailed: 'Could not reopen it. Check the network and try again.',
  },
  queue: {
    place: (position) => (position === 1 ? 'You are next' : `You are number ${position} in the queue`),
    wait: (low, high) =>
      low === 0 ? `usually less than ${minutes(high)}` : `usually ${low}–${minutes(high)}`,
    back: (time, day, daysAhead) =>
      `Our agents have gone home and are back ${onDay(day, daysAhead)} at ${time}. Your place in the queue is kept.`,
  },

  welcome: {
    greeting: 'Hello!',
    intro:
      'I am the virtual assistant for VssID. How can I help? Please ask in Vietnamese: for now, answers come in Vietnamese only.',
    mostAsked: 'Often asked',
    notice: 'This is a virtual assistant, not a person. Never type a password or an OTP here.',
    human: 'Talk to a person',
  },

  voice: {
    title: 'Call the hotline',
    notLoaded: 'The call could not be made. Check the network and try again.',
  },

  conversation: 'Conversation',
  earlier: 'Show earlier messages',
  loading: 'Loading…',
  newMessages: 'New messages',
  authors: { contact: 'You', bot: 'Virtual assistant', agent: 'Support agent', system: 'Notice' },
  agent: (name) => `Agent ${name}`,
  helpedBy: (name) => `Agent ${name} is with you`,
  said: (author) => `${author}: `,
  typing: { bot: 'Answering…', agent: 'The agent is typing…' },
  choices: 'Choose one, or keep writing below',

  composer: 'Write a message',
  message: 'Your message',
  placeholder: 'Write your question…',
  send: 'Send',
  charactersUsed: (used, most) =>
    `${withCommas(used)}/${withCommas(most)} characters${used > most ? '. Too long: please shorten it.' : ''}`,

  files: {
    attach: 'Send a picture or a PDF',
    chosen: 'Pictures and files to send',
    uploading: (percent) => `Uploading ${percent}%`,
    ready: 'Uploaded',
    sendsSoon: 'Your message is sent as soon as the upload is done.',
    cancel: (name) => `Remove ${name}`,
    retry: (name) => `Try ${name} again`,
    failed: 'Could not upload it. Check the network and try again.',
    failures: {
      attachment_too_large: 'The file is larger than 10 MB. Please choose a smaller one.',
      attachment_type: 'Only pictures and PDF files can be sent.',
      too_many_attachments: 'You have sent many files. Please wait a few minutes and try again.',
    },
    tooMany: (most) => `At most ${most} files can be sent at a time.`,
    sentPicture: 'I am sending a picture.',
    sentFile: 'I am sending a file.',
    size: (bytes) =>
      bytes < MEGABYTE
        ? `${Math.max(1, Math.round(bytes / 1024))} KB`
        : `${(bytes / MEGABYTE).toFixed(1)} MB`,
  },

  satisfaction: {
    question: 'How was this support?',
    scores: {
      1: 'Very bad',
      2: 'Poor',
      3: 'Fair',
      4: 'Good',
      5: 'Very good',
    },
    comment: 'Anything to add? (optional)',
    send: 'Send the rating',
    choose: 'Please choose one of them first.',
    thanks: 'Thank you for your rating.',
    given: 'Your rating:',
    change: 'Change the rating',
    failed: 'Could not send it. Check the network and try again.',
  },

  sending: 'Sending…',
  waitingToSend: 'Not sent yet, will be sent by itself',
  sent: 'Sent',
  seen: 'Seen by the agent',
  notSent: 'Not sent',
  sendAgain: 'Send again',
  edit: 'Edit',
  remove: 'Remove',
  refusal: (code, sentence) => REFUSALS[code] ?? sentence,

  redacted: (what) => `For your safety we have hidden ${what}.`,
  neverTell: 'Never send a password or an OTP to anyone, not even to our staff.',
  changePassword: 'If it is your real password, please change it now.',
  hidden: {
    password: 'a password',
    otp: 'an OTP',
    nationalId: 'an ID card number',
    passport: 'a passport number',
    bhxhNumber: 'a social insurance number',
    bhytCard: 'a health insurance card number',
    phone: 'a phone number',
    number: 'a long number',
  },
  listed: (items) =>
    items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`,

  sources: 'Sources',
  copy: 'Copy',
  copied: 'Copied.',
  copyFailed: 'Could not copy. Press and hold the text to copy it.',
  copyCode: 'Copy the code',
  call: (number) => `Call ${number}`,
  text: (number) => `Text ${number}`,
  extension: (extension) => `extension ${extension}`,
  hours: (hours) => `Opening hours: ${hours}`,
  map: 'Show on the map',
  distance: (metres) => `About ${writeDistance(metres, '.')} from you`,
  location: {
    mine: 'My location',
    asking: 'Looking for your location…',
    unknown: 'Your location is not known. Allow it for this page, or write the district.',
  },
  opensNewTab: ' (opens a new page)',
  enlarge: (alt) => `Enlarge the picture: ${alt}`,
  image: 'Picture',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  ticketCode: 'Ticket code',
  openTicket: 'View the ticket, print the receipt',

  rating: {
    question: 'Did this answer help?',
    yes: 'Yes',
    no: 'No',
    why: 'What was wrong with it?',
    reasons: {
      wrong: 'Not what I asked',
      unclear: 'Hard to understand',
      incomplete: 'Something is missing',
      'did-not-work': 'It did not work',
      other: 'Something else',
    },
    thanks: 'Thank you for telling us.',
    wasHelpful: 'You found this helpful.',
    wasNot: 'You found this not helpful.',
    failed: 'Could not save it. Please try again later.',
    human: 'Talk to a person',
  },

  provisional: {
    title: 'Provisional answer, our storage is disrupted',
    unknown: 'There is no answer to this yet. It will come when the service is stable again.',
    whichOne: 'Which one do you mean?',
  },

  settings: {
    largeText: 'Large text',
    sound: 'Sound for new messages',
    language: 'Language',
    phone: 'Your phone',
    phones: { android: 'Android', ios: 'iPhone', none: 'Not set' },
    download: 'Download this conversation',
    erase: 'Delete my data',
    done: 'Done',
  },
  transcript: {
    fileName: 'vssid-conversation.txt',
    title: 'The conversation',
    done: 'The conversation was downloaded.',
    failed: 'Could not download it. Check the network and try again.',
  },
  erase: {
    title: 'Delete your data?',
    body: 'All messages of this conversation will be deleted for good. Questions may be kept to improve the assistant, their numbers masked and no longer linked to you. Tickets you have sent are kept until they are dealt with.',
    confirm: 'Delete for good',
    cancel: 'Keep it',
    done: 'Your data was deleted.',
    failed: 'Could not delete it. Check the network and try again.',
  },
  dialogClose: 'Close',

  day: (day, daysAgo) => {
    if (daysAgo === 0) return 'Today';
    if (daysAgo === 1) return 'Yesterday';
    return `${WEEKDAYS[day.weekday]}, ${day.day}/${day.month}/${day.year}`;
  },
};

const MEGABYTE = 1024 * 1024;

function minutes(count: number): string {
  return count === 1 ? '1 minute' : `${count} minutes`;
}

function onDay(day: CalendarDay, daysAhead: number): string {
  if (daysAhead === 0) return 'today';
  if (daysAhead === 1) return 'tomorrow';
  const weekday = `on ${WEEKDAYS[day.weekday] ?? ''}`;
  return daysAhead < 7 ? weekday : `${weekday}, ${day.day}/${day.month}`;
}

function withCommas(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
