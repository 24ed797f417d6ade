/** Files over REST: contacts and staff post them, and whoever knows an id reads one. */
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import type { AttachmentView } from '../contracts/attachments.ts';
import { forgiveBrokenOff } from '../http/broken-off.ts';
import { refuseOtherMethods } from '../http/refuse-other-methods.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Attachment } from './attachment.ts';
import type { Attachments } from './attachments.ts';
import { presentAttachment } from './present-attachment.ts';
import { receiveFile } from './receive-file.routes.ts';

export interface AttachmentRoutesDeps {
  readonly attachments: Attachments;
  /** The contact whom an `Authorization` header names; null: one who never opened a conversation. @throws AppError */
  readonly findContact: (authorization: string | undefined) => Promise<string | null>;
}

/** A file never changes under its id; a day, so that one that is deleted does not stay for long. */
const FILE_CACHE = 'private, max-age=86400, immutable';
/** Opened by itself, a file may neither load nor run anything. */
const FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** `POST /conversation/attachments`, `GET /attachments/:id`. */
export function createAttachmentRoutes({ attachments, findContact }: AttachmentRoutesDeps): Router {
  const routes = Router();

  routes.post('/conversation/attachments', async (request, response) => {
    const contact = await findContact(request.get('authorization'));
    if (contact === null)
      throw new AppError({ code: 'unauthenticated', message: 'no conversation was ever opened' });
    const attachment = await receiveFile(attachments, `contact:${contact}`, request, response);
    response.set('cache-control', 'no-store');
    response.status(201).json(presentAttachment(attachment) satisfies AttachmentView);
  });

  routes.get('/attachments/:id', async (request, response) => {
    const attachment = await attachments.find(request.params.id);
    if (attachment === null) throw new AppError({ code: 'attachment_not_found', message: 'by id' });
    response.set({
      'content-type': attachment.type,
      'content-length': String(attachment.size),
      'content-disposition': describeDisposition(attachment),
      'content-security-policy': FILE_POLICY,
      'x-content-type-options': 'nosniff',
      'cache-control': FILE_CACHE,
    });
    await pipeline(attachments.open(attachment.id), response).catch(forgiveBrokenOff);
  });
  return refuseOtherMethods(routes);
}

/** `POST /staff/attachments`. */
export function createStaffAttachmentRoutes(attachments: Attachments): StaffRoute[] {
  return [
    {
      method: 'post',
      path: '/attachments',
      permission: 'conversations.handle',
      async handle(request, response, staff) {
        const attachment = await receiveFile(attachments, `account:${staff.id}`, request, response);
        response.status(201).json(presentAttachment(attachment) satisfies AttachmentView);
      },
    },
  ];
}

/** Pictures are shown, a PDF is saved; the name is given twice, as RFC 6266 asks. */
function describeDisposition({ type, name }: Pick<Attachment, 'type' | 'name'>): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  const how = type.startsWith('image/') ? 'inline' : 'attachment';
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
