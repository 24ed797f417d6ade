/** The files of deployment, held against the code: nothing here needs Docker or a cluster. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readConfig } from '../src/config.ts';
import { ROOT } from './support/corpus.ts';

const read = (file: string): Promise<string> => readFile(path.join(ROOT, file), 'utf8');
/** All that the desk reads of the environment. */
const KNOWN = [...(await read('src/config.ts')).matchAll(/^ {2}([A-Z][A-Z_0-9]+): z\b/gm)].map(
  ([, name]) => name,
);
const PORT = readConfig({}).port;
const HTTP_APP = await read('src/http/http-app.ts');
const PINNED = /^[\w./-]+:\d+\.\d+\.\d+(-[\w.]+)?$/;

const dockerfile = await read('Dockerfile');
const dockerignore = (await read('.dockerignore')).split('\n');

describe('the image', () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) (\S+)$/gm)].flatMap(([, from = '']) =>
    from.split(' '),
  );

  it('is made of files that are there and that .dockerignore lets in', () => {
    expect(copied.length).toBeGreaterThan(8);
    for (const file of copied) {
      expect(existsSync(path.join(ROOT, file)), file).toBe(true);
      const [top = ''] = file.split('/');
      expect(dockerignore, file).toContain(`!${top}`);
    }
    expect(dockerignore[1]).toBe('*');
    expect(dockerignore.join()).not.toMatch(/!(\.git|data|\.env)/);
  });

  it('has every folder that the desk reads at run time, and starts as npm start does', async () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
    const sources = await Promise.all(['src/app.ts', 'src/corpus/read-measure.ts'].map(read));
    const folders = sources.flatMap((source) =>
      [...source.matchAll(/path\.join\(root, ((?:'[^']+',? ?)+)\)/g)].map(([, parts = '']) =>
        [...parts.matchAll(/'([^']+)'/g)].map(([, part]) => part).join('/'),
      ),
    );
    expect(folders).toEqual(expect.arrayContaining(['test/eval', 'dist/web', 'web-widget/public']));
    for (const file of [...folders, 'faq', 'intents', 'src', 'package.json']) {
      const parents = file.split('/').map((_, at, all) => all.slice(0, at + 1).join('/'));
      expect(
        parents.some((one) => last.includes(` ${one}\n`) || last.includes(`COPY ${one} `)),
        file,
      ).toBe(true);
    }
    const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> };
    const [, command = ''] = /^CMD (\[.*\])$/m.exec(dockerfile) ?? [];
    expect(scripts['start']?.endsWith((JSON.parse(command) as string[]).join(' '))).toBe(true);
  });

  it('runs as nobody special, from a pinned base, and says whether it is up', () => {
    expect(/^USER (\d+):\d+$/m.exec(dockerfile)?.[1]).toMatch(/^[1-9]/);
    expect(/^ARG NODE_IMAGE=(\S+)$/m.exec(dockerfile)?.[1]).toMatch(/^node:20\.\d+\.\d+-[\w-]+$/);
    expect(dockerfile).toContain(`EXPOSE ${PORT}`);
    const [, health = ''] = /HEALTHCHECK[\s\S]*?CMD (\[.*\])/.exec(dockerfile) ?? [];
    const [, , script = ''] = JSON.parse(health) as string[];
    expect(script).toContain('/healthz');
    expect(HTTP_APP).toContain("app.get('/healthz'");
    expect(() => new Function(script)).not.toThrow();
    const set = [.../^ENV (.+)$/m.exec(dockerfile)![1]!.matchAll(/(\w+)=/g)].map(([, name]) => name);
    expect(KNOWN).toEqual(expect.arrayContaining(set));
  });
});

interface Service {
  readonly image: string;
  readonly environment?: Record<string, string>;
  readonly depends_on?: Record<string, unknown>;
  readonly ports?: string[];
  readonly volumes?: string[];
  readonly networks?: string[];
  readonly read_only?: boolean;
  readonly healthcheck?: object;
  readonly cap_drop?: string[];
}

describe('compose.yaml', async () => {
  const text = await read('compose.yaml');
  const compose = parse(text, { merge: true }) as {
    services: Record<string, Service>;
    networks: Record<string, { internal?: boolean }>;
    volumes: Record<string, unknown>;
  };
  const services = Object.entries(compose.services);
  const nodes = services.filter(([, { image }]) => image.startsWith('vssid-desk:'));

  it('has pinned images, and names what it has', () => {
    for (const [name, service] of services) {
      expect(service.image, name).toMatch(PINNED);
      for (const other of Object.keys(service.depends_on ?? {}))
        expect(compose.services, name).toHaveProperty(other);
      for (const network of service.networks ?? []) expect(compose.networks, name).toHaveProperty(network);
      for (const volume of service.volumes ?? []) {
        const [from = ''] = volume.split(':');
        if (from.startsWith('./')) expect(existsSync(path.join(ROOT, from)), volume).toBe(true);
        else expect(compose.volumes, name).toHaveProperty([from]);
      }
    }
  });

  it('sets for the desk what the desk knows', () => {
    expect(nodes).toHaveLength(2);
    for (const [, { environment = {} }] of nodes) {
      const set = Object.keys(environment);
      expect([...KNOWN, 'REDIS_URL']).toEqual(expect.arrayContaining(set));
      expect(set).toEqual(expect.arrayContaining(['NODE_ENV', 'MONGODB_URI', 'REDIS_URL', 'SESSION_SECRET']));
      const values = Object.fromEntries(
        Object.entries(environment).map(([name, value]) => [
          name,
          value.replace(/\$\{(\w+)[^}]*\}/g, (_, variable: string) => SAMPLES[variable] ?? 'x'.repeat(32)),
        ]),
      );
      const config = readConfig(values);
      expect(config).toMatchObject({ isProduction: true, port: PORT, publicUrl: 'https://hotro.example.vn' });
      // Behind the proxy everybody would be one address otherwise.
      expect(config.trustedProxies).toEqual(['1']);
    }
  });

  it('takes every secret from .env, which is described', async () => {
    const used = new Set([...text.matchAll(/(?<!\$)\$\{(\w+)/g)].map(([, name]) => name));
    const described = [...(await read('deploy/compose/example.env')).matchAll(/^(\w+)=/gm)].map(
      ([, name]) => name,
    );
    expect([...used].sort()).toEqual(described.sort());
    for (const name of used)
      if (/PASSWORD|SESSION_SECRET/.test(name!)) expect(text, name).toContain(`\${${name}:?`);
  });

  it('lets the world reach the proxy alone, and the desk nothing of its own machine', () => {
    const published = services.filter(([, { ports = [] }]) => ports.length > 0).map(([name]) => name);
    expect(published).toEqual(['caddy']);
    expect(compose.networks['inside']).toEqual({ internal: true });
    for (const [name, service] of services)
      if (/^(mongo\d|mongo-setup|redis)$/.test(name)) expect(service.networks, name).toEqual(['inside']);
    for (const [, service] of nodes) expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  });

  it('hands people to every node, at its port, by what the desk answers', async () => {
    const caddy = await read('deploy/compose/Caddyfile');
    const [, upstreams = ''] = /reverse_proxy (.+) \{/.exec(caddy) ?? [];
    expect(upstreams.split(' ')).toEqual(nodes.map(([name]) => `${name}:${PORT}`));
    const [, health = ''] = /health_uri (\S+)/.exec(caddy) ?? [];
    expect(HTTP_APP).toContain(`app.get('${health}'`);
    // A polling session lives on one node.
    expect(caddy).toMatch(/lb_policy cookie/);
    expect(caddy).toMatch(/respond @inner 404/);
  });
});

/** What stands in .env, where a word of letters would not do. */
const SAMPLES: Readonly<Record<string, string>> = {
  DESK_DOMAIN: 'hotro.example.vn',
  ADMIN_EMAIL: 'admin@example.vn',
  SMTP_URL: 'smtps://user:password@mail.example.vn',
  IMAP_URL: 'imaps://user:password@mail.example.vn/INBOX',
  ICE_SERVERS: 'stun:stun.example.vn:3478',
  ALLOWED_ORIGINS: 'https://baohiemxahoi.gov.vn',
};

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  // biome-ignore lint/suspicious/noExplicitAny: manifests have many shapes
  readonly [field: string]: any;
}

describe('the example for Kubernetes', async () => {
  const folder = 'deploy/kubernetes';
  const files = (await readdir(path.join(ROOT, folder))).filter((name) => name.endsWith('.yaml'));
  const all: Manifest[] = [];
  for (const file of files)
    for (const document of parseAllDocuments(await read(`${folder}/${file}`))) {
      expect(document.errors, file).toEqual([]);
      all.push(document.toJS());
    }
  const get = (kind: string, name = 'desk'): Manifest =>
    all.find((one) => one.kind === kind && one.metadata.name === name)!;
  const { template, selector } = get('Deployment')['spec'];
  const [container] = template.spec.containers;

  it('sets what the desk knows, and takes what is secret by reference', () => {
    const settings = get('ConfigMap', 'desk-settings')['data'] as Record<string, string>;
    const secrets = get('Secret', 'desk-secrets-example')['stringData'] as Record<string, string>;
    const referred = container.env as { name: string; valueFrom: { secretKeyRef: { key: string } } }[];
    for (const { name, valueFrom } of referred) {
      expect(valueFrom.secretKeyRef.key).toBe(name);
      expect(secrets).toHaveProperty(name);
    }
    expect([...KNOWN, 'REDIS_URL']).toEqual(
      expect.arrayContaining([...Object.keys(settings), ...Object.keys(secrets)]),
    );
    expect(Object.keys(settings).filter((name) => name in secrets)).toEqual([]);
    expect(readConfig(settings)).toMatchObject({ isProduction: true, port: PORT, trustedProxies: ['1'] });
    // An example is no place for a secret.
    expect(Object.values(secrets).filter((value) => value !== '' && !value.includes('PASSWORD'))).toEqual([]);
  });

  it('asks the desk at its port and by what it answers', () => {
    expect(container.image).toMatch(PINNED);
    expect(container.ports).toEqual([{ name: 'http', containerPort: PORT }]);
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
      const { path: asked, port } = container[probe].httpGet;
      expect(port).toBe('http');
      expect(HTTP_APP, probe).toContain(`app.get('${asked}'`);
    }
    // The bot outlives the database.
    expect(container.readinessProbe.httpGet.path).toBe('/healthz');
  });

  it('gives the desk no more rights than it needs', () => {
    expect(template.spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    const archive = get('ConfigMap', 'desk-settings')['data'].ARCHIVE_DIR;
    expect(container.volumeMounts).toEqual([
      { name: 'tmp', mountPath: '/tmp' },
      { name: 'archive', mountPath: archive },
    ]);
    // All pods see the same files.
    expect(get('PersistentVolumeClaim', 'desk-archive')['spec'].accessModes).toEqual(['ReadWriteMany']);
    expect(dockerfile).toContain(`USER ${template.spec.securityContext.runAsUser}:`);
  });

  it('holds together', () => {
    const labels = template.metadata.labels;
    expect(selector.matchLabels).toEqual(labels);
    expect(get('Service')['spec'].selector).toEqual(labels);
    expect(get('PodDisruptionBudget')['spec'].selector.matchLabels).toEqual(labels);
    expect(get('NetworkPolicy')['spec'].podSelector.matchLabels).toEqual(labels);
    const scaler = get('HorizontalPodAutoscaler')['spec'];
    expect(scaler.scaleTargetRef).toMatchObject({ kind: 'Deployment', name: 'desk' });
    expect(get('PodDisruptionBudget')['spec'].minAvailable).toBeLessThan(scaler.minReplicas);
    for (const { backend } of get('Ingress')['spec'].rules[0].http.paths)
      expect(get('Service', backend.service.name)).toBeDefined();
    const open = get('NetworkPolicy')['spec'].ingress[0].ports;
    expect(open).toEqual([{ port: PORT, protocol: 'TCP' }]);
  });
});

describe('the handbook', async () => {
  const handbook = await read('docs/operations.md');

  it('names commands, files and settings that there are', async () => {
    const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> };
    const commands = [...handbook.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name);
    expect(commands.length).toBeGreaterThan(8);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(commands));
    const files = [...handbook.matchAll(/`((?:deploy|test|src|docs)\/[\w./-]+)`/g)].map(
      ([, name = '']) => name,
    );
    for (const file of files) expect(existsSync(path.join(ROOT, file)), file).toBe(true);
    const settings = [...handbook.matchAll(/`([A-Z]{2,}_[A-Z_]+)`/g)].map(([, name]) => name);
    expect([...KNOWN, 'REDIS_URL', 'NODE_EXTRA_CA_CERTS']).toEqual(expect.arrayContaining(settings));
  });
});
