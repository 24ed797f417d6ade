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

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'every import must exist and be in package.json',
      from: { path: '^(src|web-widget)/' },
      to: { couldNotResolve: true },
    },
    only('kernel'),
    only('contracts'),
    packages('contracts', 'zod'),
    only('answering', 'kernel'),
    packages('answering', '@microsoft/recognizers-text|@microsoft/recognizers-text-sequence'),
    only('corpus', 'kernel', 'contracts', 'answering', 'http'),
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
