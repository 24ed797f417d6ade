/** How the console's programs are bundled: one first load, and a file for each screen that is opened later. */
import path from 'node:path';
import { type BuildOptions, type BuildResult, build, type OutputFile, type Plugin } from 'esbuild';
import { collectComponentStyles } from './component-styles.ts';
import { directImports } from './direct-imports.ts';

const FOLDER = import.meta.dirname;
/** Where the bundle lies below the folder of static files, and below the site's address. */
const ASSETS = 'console-assets';

const common = {
  outdir: path.join(FOLDER, '../dist/web', ASSETS),
  absWorkingDir: path.join(FOLDER, '..'),
  bundle: true,
  minify: true,
  charset: 'utf8',
  target: 'es2022',
  write: false,
  logLevel: 'warning',
} satisfies BuildOptions;

export interface ConsoleBundle {
  /** Of `absWorkingDir`-relative names, as esbuild reports them. */
  readonly metafile: BuildResult<{ metafile: true }>['metafile'];
  readonly files: readonly OutputFile[];
}

/**
 * Bundles without writing.
 * @throws Error when a screen brings styles of its own: nobody would load them
 */
export async function bundleConsole(): Promise<ConsoleBundle> {
  const { metafile, outputFiles } = await build({
    ...common,
    entryPoints: { console: path.join(FOLDER, 'main.tsx') },
    chunkNames: '[name]-[hash]',
    splitting: true,
    format: 'esm',
    define: { 'process.env.NODE_ENV': '"production"' },
    metafile: true,
    plugins: [directImports],
  });
  const stray = outputFiles.find((file) => file.path.endsWith('.css'));
  if (stray !== undefined)
    throw new Error(`${stray.path} would never be loaded: @import its styles in web-console/console.css`);
  const components = await collectComponentStyles(metafile);
  const styles = await build({
    ...common,
    entryPoints: { styles: path.join(FOLDER, 'console.css') },
    plugins: [provideStyles(components)],
  });
  return { metafile, files: [...outputFiles, ...styles.outputFiles] };
}

/** What console.css names `component-styles`. */
function provideStyles(contents: string): Plugin {
  return {
    name: 'component-styles',
    setup(build) {
      build.onResolve({ filter: /^component-styles$/ }, ({ path: name }) => ({
        path: name,
        namespace: name,
      }));
      build.onLoad({ filter: /.*/, namespace: 'component-styles' }, () => ({ contents, loader: 'css' }));
    },
  };
}
