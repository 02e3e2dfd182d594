/**
 * Draws every icon from its SVG: `pnpm --filter @sluice/desktop icons`. The results are committed, so that building and
 * packaging need no browser; run it again after changing a drawing.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packIcns, packIco, type SizedPng } from './icon-containers.ts';
import { traySvg, type TrayState } from './tray-svg.ts';

const folder = join(import.meta.dirname, '..', 'resources', 'icons');
const appSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const trayStates: readonly TrayState[] = ['normal', 'active', 'paused'];
/** By the tone a background asks for; macOS takes only the shape of a template. */
const trayTones: Readonly<Record<string, string>> = {
  '-light': '#ffffff',
  '-dark': '#1b1f24',
  '-color': '#2f86e0',
  Template: '#000000',
};

interface Drawing {
  readonly svg: string;
  readonly size: number;
}

/** One page draws them all on canvases and prints them as text. */
function page(drawings: readonly Drawing[]): string {
  return `<!doctype html><meta charset="utf-8"><pre id="out"></pre><script>
const draw = ({ svg, size }) => new Promise((resolve, reject) => {
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = size;
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, size, size);
    resolve(canvas.toDataURL('image/png').split(',')[1]);
  };
  image.onerror = reject;
  image.src = 'data:image/svg+xml;base64,' + btoa(unescape(encodeURIComponent(svg.replace('<svg ', '<svg width="' + size + '" height="' + size + '" '))));
});
Promise.all(${JSON.stringify(drawings)}.map(draw)).then((all) => { document.getElementById('out').textContent = all.join(' '); });
</script>`;
}

function render(drawings: readonly Drawing[]): readonly Buffer[] {
  const file = join(folder, 'page.html');
  writeFileSync(file, page(drawings));
  try {
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const options = [
      '--headless=new',
      '--disable-gpu',
      ...sandbox,
      '--virtual-time-budget=20000',
      '--dump-dom',
      `file://${file}`,
    ];
    const dom = execFileSync(process.env['SLUICE_CHROMIUM'] ?? 'chromium', options, {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const text = /<pre id="out">([^<]*)<\/pre>/.exec(dom)?.[1] ?? '';
    return text.split(' ').map((base64) => Buffer.from(base64, 'base64'));
  } finally {
    rmSync(file);
  }
}

mkdirSync(folder, { recursive: true });
const appSvg = readFileSync(join(import.meta.dirname, '..', 'resources', 'app.svg'), 'utf8');
const app: readonly SizedPng[] = render(appSizes.map((size) => ({ svg: appSvg, size }))).map((png, index) => ({
  size: appSizes[index] ?? 0,
  png,
}));
for (const { size, png } of app) writeFileSync(join(folder, `${size}x${size}.png`), png);
writeFileSync(join(folder, '..', 'icon.ico'), packIco(app.filter(({ size }) => size <= 256)));
writeFileSync(join(folder, '..', 'icon.icns'), packIcns(app));

const trays = trayStates.flatMap((state) =>
  Object.entries(trayTones).flatMap(([suffix, color]) =>
    [1, 2].map((scale) => ({
      name: `tray-${state}${suffix}${scale === 1 ? '' : '@2x'}.png`,
      svg: traySvg(state, color),
      size: 16 * scale,
    })),
  ),
);
for (const [index, png] of render(trays).entries()) writeFileSync(join(folder, trays[index]?.name ?? ''), png);
