/** The walls of the house (docs/architecture.md): who may import whom. */
const inside = (...rooms) => `^src/(${rooms.join('|')})(/|\\.ts$)`;
const only = (room, ...allowed) => ({
  name: `${room}-imports`,
  severity: 'error',
  comment: `${room} may import only: ${allowed.join(', ') || 'nothing of ours'}`,
  from: { path: inside(room) },
  to: { path: '^(src|web-widget|web-console|test|bench)/', pathNot: inside(room, ...allowed) },
});
const packages = (room, allowed) => ({
  name: `${room}-packages`,
  severity: 'error',
  comment: `${room} may use only these packages: ${allowed}`,
  from: { path: inside(room) },
  to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: `node_modules/(${allowed})(/|$)` },
});
/** As `packages`, for a room that uses Node.js itself. */
const npmPackages = (room, allowed) => ({
  name: `${room}-npm-packages`,
  severity: 'error',
  comment: `${room} may use only these packages: ${allowed}`,
  from: { path: inside(room) },
  to: { dependencyTypes: ['npm', 'npm-dev'], pathNot: `node_modules/(${allowed})(/|$)` },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'every import must exist and be in package.json',
      from: { path: '^(src|web-widget|web-console)/' },
      to: { couldNotResolve: true },
    },
    only('kernel'),
    only('contracts'),
    packages('contracts', 'zod'),
    only('answering', 'kernel'),
    packages('answering', '@microsoft/recognizers-text|@microsoft/recognizers-text-sequence'),
    only('corpus', 'kernel', 'contracts', 'answering', 'http', 'storage', 'config'),
    only('curation', 'kernel', 'contracts', 'storage'),
    only('dialogue', 'kernel', 'contracts', 'answering'),
    packages('dialogue', 'zod'),
    {
      name: 'dialogue-takes-no-engine',
      severity: 'error',
      comment:
        'of answering the dialogue takes types, and pure functions over text; it is told what a message means',
      from: { path: inside('dialogue') },
      to: {
        path: inside('answering'),
        pathNot: '^src/answering/(text/|entities/phone-numbers)',
        dependencyTypesNot: ['type-only'],
      },
    },
    only('bot', 'kernel', 'contracts', 'answering', 'dialogue'),
    npmPackages('bot', 'none'),
    only('conversations', 'kernel', 'contracts', 'http', 'realtime', 'storage'),
    only('auth', 'kernel', 'contracts', 'http', 'storage'),
    only('audit', 'kernel', 'contracts', 'http', 'storage'),
    only('mail', 'kernel'),
    npmPackages('mail', 'nodemailer|@types/nodemailer'),
    only('tickets', 'kernel', 'contracts', 'storage'),
    only('offices', 'kernel', 'contracts', 'http'),
    only('duty', 'kernel', 'contracts', 'http'),
    packages('duty', 'date-chinese'),
    only('settings', 'kernel', 'contracts', 'http', 'storage'),
    only('canned', 'kernel', 'contracts', 'http', 'storage'),
    only('attachments', 'kernel', 'contracts', 'http', 'storage'),
    only('vault', 'kernel', 'contracts', 'storage'),
    only('realtime', 'kernel', 'contracts'),
    {
      name: 'only-sockets-know-socket-io',
      severity: 'error',
      comment: "a room's core does not know how a message travels: put it in its *.sockets.ts",
      from: { path: '^src/', pathNot: '^src/(realtime|app)|\\.sockets\\.ts$' },
      to: { path: '^src/realtime/|node_modules/socket\\.io/' },
    },
    only('storage', 'kernel', 'config', 'embedded-mongo'),
    npmPackages('storage', 'mongoose'),
    only('embedded-mongo'),
    npmPackages('embedded-mongo', 'bson|lmdb|mingo|tsx'),
    {
      name: 'only-storage-starts-the-embedded-server',
      severity: 'error',
      comment: 'everyone else is connected to a database, whichever it is',
      from: { path: '^src/', pathNot: inside('storage', 'embedded-mongo') },
      to: { path: inside('embedded-mongo') },
    },
    {
      name: 'only-stores-know-the-database',
      severity: 'error',
      comment: 'documents never leave *-store.ts; commands (*.cli.ts) and app.ts open the store',
      from: { path: '^src/', pathNot: '^src/(storage|app)(/|\\.ts$)|-store\\.ts$|\\.cli\\.ts$' },
      to: { path: '^src/storage/|node_modules/(mongoose|mongodb)/' },
    },
    {
      name: 'only-mongoose-opens-connections',
      severity: 'error',
      comment:
        "the driver comes with mongoose: import { mongo } from 'mongoose', in storage and *-store.ts only",
      from: { path: '^src/', pathNot: '^src/storage/|-store\\.ts$' },
      to: { path: 'node_modules/(mongoose|mongodb)/' },
    },
    {
      name: 'only-commands-read-the-settings',
      severity: 'error',
      comment: 'a room is handed what it needs; main.ts and commands read the environment',
      from: {
        path: '^src/',
        pathNot: '^src/(config|main)\\.ts$|\\.cli\\.ts$|^src/storage/run-command\\.ts$',
      },
      to: { path: inside('config') },
    },
    {
      name: 'only-routes-know-http',
      severity: 'error',
      comment: "a room's core does not know that there is a web: put it in its *.routes.ts",
      from: { path: '^src/', pathNot: '^src/(http|app|main)|\\.routes\\.ts$' },
      to: { path: '^src/http/|node_modules/express/' },
    },
    only('http', 'kernel', 'contracts', 'config'),
    only('config', 'kernel'),
    {
      name: 'only-config-and-main-know-every-room',
      severity: 'error',
      comment: 'the composition root is app.ts; main.ts starts it',
      from: { path: '^src/', pathNot: '^src/(app|main)\\.ts$' },
      to: { path: '^src/(app|main)\\.ts$' },
    },
    {
      name: 'widget-knows-contracts-only',
      severity: 'error',
      from: { path: '^web-widget/' },
      to: { path: '^(src|test|web-console)/', pathNot: '^src/contracts/' },
    },
    {
      name: 'console-knows-contracts-only',
      severity: 'error',
      from: { path: '^web-console/' },
      to: { path: '^(src|test|web-widget)/', pathNot: '^src/contracts/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
