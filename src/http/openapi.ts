/** The description of the public API, made from the contracts. */
import { z } from 'zod';
import {
  answerRequest,
  answerResponse,
  errorBody,
  faqEntry,
  faqList,
  platform,
} from '../contracts/answers.ts';
import { ATTACHMENT_FIELD, attachmentView } from '../contracts/attachments.ts';
import { SOLUTION_HEADER } from '../contracts/challenge.ts';
import { messageView } from '../contracts/chat.ts';
import {
  citizenTicket,
  ticketForm,
  ticketFound,
  ticketInformation,
  ticketLookup,
  ticketRating,
  ticketReopening,
} from '../contracts/citizen-tickets.ts';
import { ERROR_CODES } from '../contracts/error-codes.ts';
import { bannerList } from '../contracts/incidents.ts';
import { officeList } from '../contracts/offices.ts';

const json = (schema: z.ZodType, io: 'input' | 'output' = 'output') => ({
  'application/json': {
    schema: z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' }),
  },
});
const ok = (description: string, schema: z.ZodType) => ({ '200': { description, content: json(schema) } });
const created = (description: string, schema: z.ZodType) => ({
  '201': { description, content: json(schema) },
});
const error = (status: number) => {
  const codes = Object.entries(ERROR_CODES).filter(([, entry]) => entry.status === status);
  return { [status]: { description: codes.map(([code]) => code).join(', '), content: json(errorBody) } };
};
const historyPage = z.object({ messages: z.array(messageView), hasMore: z.boolean() });
const placeQuery = (name: string, description: string) => ({
  name,
  in: 'query',
  schema: { type: 'integer', minimum: 0 },
  description,
});
const platformQuery = { name: 'platform', in: 'query', schema: { enum: platform.options } };

const FILE_FORM = {
  'multipart/form-data': {
    schema: {
      type: 'object',
      required: [ATTACHMENT_FIELD],
      properties: { [ATTACHMENT_FIELD]: { type: 'string', format: 'binary' } },
    },
  },
};

/** An OpenAPI 3.1 document. */
export function describeApi(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'VssID support desk',
      version: '1',
      description: 'Answers Vietnamese questions about VssID from a curated corpus, however they are typed.',
    },
    components: {
      securitySchemes: {
        contact: {
          type: 'http',
          scheme: 'bearer',
          description: "The device's token, or the JWT that the host app signed",
        },
        ticket: { type: 'http', scheme: 'bearer', description: 'What looking a ticket up gave, for an hour' },
      },
    },
    paths: {
      '/api/v1/answers': {
        post: {
          summary: 'Answer one message',
          parameters: [
            { name: 'explain', in: 'query', schema: { enum: ['0', '1'] }, description: 'Adds what decided' },
            {
              name: SOLUTION_HEADER,
              in: 'header',
              schema: { type: 'string' },
              description:
                'Only after `challenge_required`: `token:n0,n1,…`, for each part a number so that SHA-256 of `seed.part.number` begins with `bits` zero bits',
            },
          ],
          requestBody: { required: true, content: json(answerRequest, 'input') },
          responses: {
            ...ok('The decision', answerResponse),
            ...error(400),
            ...error(413),
            ...error(415),
            ...error(429),
          },
        },
      },
      '/api/v1/faq': { get: { summary: 'All FAQ titles by topic', responses: ok('The list', faqList) } },
      '/api/v1/faq/{id}': {
        get: {
          summary: 'One FAQ entry',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }, platformQuery],
          responses: { ...ok('The entry', faqEntry), ...error(404) },
        },
      },
      '/api/v1/conversation/messages': {
        get: {
          summary: "A page of the caller's conversation, in order; the newest one without parameters",
          security: [{ contact: [] }],
          parameters: [
            placeQuery('before', 'The page that ends just before this place'),
            placeQuery('after', 'The page that begins just behind this place'),
          ],
          responses: { ...ok('The page', historyPage), ...error(400), ...error(401) },
        },
      },
      '/api/v1/conversation/transcript': {
        get: {
          summary: "The caller's conversation as a text file",
          security: [{ contact: [] }],
          parameters: [
            {
              name: 'all',
              in: 'query',
              schema: { const: 'true' },
              description: 'All conversations that are kept of the caller, archived ones too',
            },
          ],
          responses: {
            '200': { description: 'The file', content: { 'text/plain': { schema: { type: 'string' } } } },
            ...error(401),
          },
        },
      },
      '/api/v1/conversation/attachments': {
        post: {
          summary: 'Upload a picture or a PDF, to be sent with a message of the conversation',
          security: [{ contact: [] }],
          requestBody: {
            required: true,
            content: FILE_FORM,
          },
          responses: {
            ...created('Its id and address', attachmentView),
            ...error(401),
            ...error(413),
            ...error(415),
            ...error(429),
          },
        },
      },
      '/api/v1/attachments/{id}': {
        get: {
          summary: 'A file that was sent; whoever knows its id may read it',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: { '200': { description: 'The file' }, ...error(404) },
        },
      },
      '/api/v1/banners': {
        get: {
          summary: 'What everybody is told just now, the newest first; mostly nothing',
          responses: ok('The banners', bannerList),
        },
      },
      '/api/v1/tickets': {
        post: {
          summary: 'Send a complaint, feedback or a question as a ticket',
          requestBody: { required: true, content: json(ticketForm, 'input') },
          responses: {
            ...created('The ticket, and a token for an hour', ticketFound),
            ...error(400),
            ...error(429),
          },
        },
      },
      '/api/v1/tickets/lookup': {
        post: {
          summary:
            'A ticket, for whoever knows its code and the phone number or e-mail address given with it',
          requestBody: { required: true, content: json(ticketLookup, 'input') },
          responses: {
            ...ok('The ticket, and a token for an hour', ticketFound),
            ...error(400),
            ...error(404),
            ...error(429),
          },
        },
      },
      '/api/v1/tickets/mine': {
        get: {
          summary: 'The ticket that the token is for',
          security: [{ ticket: [] }],
          responses: { ...ok('The ticket', citizenTicket), ...error(401) },
        },
        delete: {
          summary: 'Erase personal data of the ticket; what the law requires stays, anonymised',
          security: [{ ticket: [] }],
          responses: { '204': { description: 'Erased' }, ...error(401) },
        },
      },
      '/api/v1/tickets/mine/information': {
        post: {
          summary: 'Add information to the ticket',
          security: [{ ticket: [] }],
          requestBody: { required: true, content: json(ticketInformation, 'input') },
          responses: { ...ok('The ticket', citizenTicket), ...error(400), ...error(401), ...error(409) },
        },
      },
      '/api/v1/tickets/mine/attachments': {
        post: {
          summary: 'Upload a picture or a PDF, to be sent with information',
          security: [{ ticket: [] }],
          requestBody: { required: true, content: FILE_FORM },
          responses: {
            ...created('Its id and address', attachmentView),
            ...error(401),
            ...error(413),
            ...error(415),
            ...error(429),
          },
        },
      },
      '/api/v1/tickets/mine/export': {
        get: {
          summary: 'Everything that is kept of the ticket, as a file',
          security: [{ ticket: [] }],
          responses: { '200': { description: 'JSON' }, ...error(401) },
        },
      },
      '/api/v1/tickets/mine/satisfaction': {
        post: {
          summary: 'Rate how the ticket ended; may be changed',
          security: [{ ticket: [] }],
          requestBody: { required: true, content: json(ticketRating, 'input') },
          responses: { ...ok('The ticket', citizenTicket), ...error(400), ...error(401), ...error(409) },
        },
      },
      '/api/v1/tickets/mine/reopen': {
        post: {
          summary: 'Have the ticket taken up again; only for a time',
          security: [{ ticket: [] }],
          requestBody: { required: true, content: json(ticketReopening, 'input') },
          responses: { ...ok('The ticket', citizenTicket), ...error(400), ...error(401), ...error(409) },
        },
      },
      '/api/v1/offices': {
        get: {
          summary: 'Find offices of the agency',
          parameters: [{ name: 'q', in: 'query', schema: { type: 'string', maxLength: 200 } }],
          responses: { ...ok('Best first', officeList), ...error(400) },
        },
      },
      '/healthz': { get: { summary: 'The process is up', responses: { '200': { description: 'up' } } } },
      '/readyz': {
        get: {
          summary: 'It can serve',
          responses: {
            '200': { description: 'ready' },
            '503': { description: 'not now: `reasons` has a code and a sentence for each' },
          },
        },
      },
      '/metrics': {
        get: {
          summary: 'Metrics for Prometheus; with METRICS_TOKEN as bearer token, or from the same machine',
          responses: { '200': { description: 'text' }, ...error(401), ...error(404) },
        },
      },
    },
  };
}
