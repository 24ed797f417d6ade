/** What the desk counts, for Prometheus. The only file that knows how that wants it; docs/monitoring.md says what each means. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** From a fast answer to what nobody waits for. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** People wait for people. */
const WAIT_SECONDS = [5, 15, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600];

export type Metrics = ReturnType<typeof createMetrics>;

/** No label takes what a caller could make up: each has a few values, which the contracts list. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name, help, labelNames: [...labelNames], registers });
  const histogram = <Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    buckets = SECONDS,
  ) => new Histogram({ name, help, labelNames: [...labelNames], buckets, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ name, help, labelNames: [...labelNames], registers });

  return {
    registry,
    /** Of the process and its event loop. To be called when somebody looks: measuring has its price. */
    watchProcess: () => collectDefaultMetrics({ register: registry }),

    messagesStored: counter('desk_messages_stored_total', 'Messages stored by this process.', ['author']),
    messagesAcknowledged: counter(
      'desk_messages_acknowledged_total',
      'Messages acknowledged to who sent them, repetitions included.',
      ['author'],
    ),
    commands: counter('desk_commands_total', 'Commands of sockets that were acknowledged.', [
      'namespace',
      'command',
      'outcome',
    ]),
    commandSeconds: histogram('desk_command_seconds', 'From a command of a socket to its acknowledgement.', [
      'namespace',
      'command',
    ]),
    requests: counter('desk_http_requests_total', 'Requests over HTTP.', ['area', 'status']),
    requestSeconds: histogram(
      'desk_http_request_seconds',
      'From a request over HTTP to the end of its answer.',
      ['area'],
    ),
    refused: counter('desk_refused_total', 'Requests and commands that were refused or failed.', [
      'surface',
      'reason',
    ]),
    secretsMasked: counter(
      'desk_secrets_masked_total',
      'Messages and questions out of which a secret or a number of a person was taken.',
      ['type'],
    ),
    revealed: counter('desk_numbers_revealed_total', 'Looks at numbers of persons, each in the audit log.', [
      'where',
    ]),
    audited: counter('desk_audit_entries_total', 'Entries of the audit log.', ['action']),

    answers: counter('desk_answers_total', 'Questions by what the bot decided.', ['via', 'decision']),
    answerSeconds: histogram('desk_answer_seconds', 'What understanding one message takes.', []),
    replySeconds: histogram(
      'desk_reply_seconds',
      'From a message that the bot is to answer to its stored answer.',
      [],
    ),
    ratings: counter('desk_answer_ratings_total', 'Answers that contacts rated.', ['helpful']),
    messagesAwaiting: gauge(
      'desk_messages_awaiting_answer',
      'Messages that the bot has yet to answer, of the whole desk; counted up to 1000.',
    ),
    oldestAwaiting: gauge(
      'desk_oldest_awaiting_answer_seconds',
      'How long the oldest of them waits; 0: none does.',
    ),

    handovers: counter('desk_handovers_total', 'Conversations in which a person was asked for.', ['reason']),
    changes: counter(
      'desk_conversation_changes_total',
      'What happened to conversations beside what is said.',
      ['change'],
    ),
    waitSeconds: histogram(
      'desk_queue_wait_seconds',
      'From asking for a person to getting one.',
      [],
      WAIT_SECONDS,
    ),
    queueLength: gauge('desk_queue_length', 'Conversations that wait for a person, of the whole desk.'),
    longestWait: gauge('desk_queue_longest_wait_seconds', 'How long the first of them waits; 0: none does.'),
    agents: gauge('desk_agents', 'Staff by presence, of the whole desk.', ['state']),
    onDuty: gauge('desk_on_duty', '1 in the hours of duty.'),

    ticketsOpened: counter('desk_tickets_opened_total', 'Tickets made.', ['kind', 'source']),
    ticketsOpen: gauge(
      'desk_tickets_open',
      'Tickets that are not done, of the whole desk; counted up to 1000.',
    ),
    ticketsOverdue: gauge(
      'desk_tickets_overdue',
      'Tickets behind a deadline, of the whole desk; counted up to 1000.',
    ),
    mailsWaiting: gauge('desk_mails_waiting', 'Mails in the outbox, of the whole desk.'),
    mailsRefused: gauge(
      'desk_mails_refused',
      'Mails that were given up, of the whole desk, as many as the console lists.',
    ),

    releaseLive: gauge('desk_release_live', 'The release that this process answers from; 0: the files.'),
    checks: counter('desk_release_checks_total', 'Checks of drafts by how they ended.', ['verdict']),
    published: counter(
      'desk_releases_published_total',
      'Releases published; signed: an admin answers for what they lose.',
      ['signed'],
    ),
    wentBack: counter('desk_releases_put_live_total', 'Times that a stored release was put live.', []),

    nodesLinked: gauge('desk_nodes_linked', '1 while this process hears the others, or is alone.'),
    storeUp: gauge('desk_store_up', '1 while the store can be used.'),
    storeOutages: counter('desk_store_outages_total', 'Times that the store went away.', []),
    storeSeconds: histogram('desk_store_command_seconds', 'What one command to the store takes.', []),
    surveyUp: gauge('desk_survey_up', '1: what is read from the store for this page could be read.'),
    socketsOpen: gauge('desk_sockets_open', 'Connections to this process.', ['namespace']),
    draining: gauge('desk_draining', '1 while this process is about to stop.'),
    info: gauge('desk_info', 'What this process is; always 1.', ['store', 'node']),
  };
}
