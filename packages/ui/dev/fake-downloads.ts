/** Made-up downloads for looking at the window: one of each kind, or very many. */
import type { DownloadState, DownloadView } from '@sluice/contract';

const minuteMs = 60_000;

export function madeUpDownload(index: number, fields: Partial<DownloadView>, nowMs: number): DownloadView {
  return {
    id: `d${String(index)}`,
    url: `https://example.org/files/${String(index)}.bin`,
    name: `${String(index)}.bin`,
    folder: '/home/mara/Downloads',
    state: { kind: 'queued' },
    sizeBytes: null,
    receivedBytes: 0,
    speedBytesPerSecond: 0,
    remainingMs: null,
    connections: 0,
    resumable: null,
    addedAtMs: nowMs - index * minuteMs,
    queueId: 'main',
    priority: 'normal',
    position: index,
    speedLimitBytesPerSecond: 0,
    maxConnections: 0,
    maxAttempts: null,
    ...fields,
  };
}

const transferring: DownloadState = { kind: 'running', phase: 'transferring' };

export function fewDownloads(nowMs: number): DownloadView[] {
  const downloads: Partial<DownloadView>[] = [
    running(
      'https://cdimage.debian.org/debian-cd/13.1.0/amd64/iso-dvd/debian-13.1.0-amd64-DVD-1.iso',
      3_992_977_408,
      [0.62, 48_200_000],
    ),
    running(
      'https://download.blender.org/release/Blender5.0/blender-5.0.0-linux-x64.tar.xz',
      372_104_992,
      [0.18, 11_800_000],
    ),
    {
      ...running(
        'https://archive.org/download/prelinger/Design_for_Dreaming_1956_4K_restored_final_v2_master.mkv',
        18_734_221_056,
        [0.914, 3_140_000],
      ),
      folder: '/home/mara/Videos/Archive',
    },
    {
      url: 'https://data.example.net/export?id=2219',
      name: 'export-2026-11.csv.gz',
      state: transferring,
      receivedBytes: 34_500_000,
      speedBytesPerSecond: 920_000,
      connections: 1,
      resumable: false,
    },
    {
      url: 'https://releases.ubuntu.com/26.04/ubuntu-26.04-desktop-amd64.iso',
      name: 'ubuntu-26.04-desktop-amd64.iso',
      state: { kind: 'running', phase: 'checking' },
      sizeBytes: 6_144_000_000,
      receivedBytes: 2_900_000_000,
      resumable: true,
    },
    {
      url: 'https://mirror.example.edu/texlive/texlive2026.iso',
      name: 'texlive2026.iso',
      state: {
        kind: 'waiting',
        error: { code: 'http-unavailable', facts: { status: 503 } },
        retryAtMs: nowMs + 42_000,
        attempt: 3,
      },
      sizeBytes: 5_100_000_000,
      receivedBytes: 1_240_000_000,
    },
    {
      url: 'https://cdn.example.com/press/kit.zip?token=x',
      name: 'press-kit.zip',
      state: { kind: 'failed', error: { code: 'http-forbidden' } },
      sizeBytes: 88_000_000,
      receivedBytes: 12_400_000,
    },
    {
      url: 'https://files.example.org/backup/photos-2019.tar',
      name: 'photos-2019.tar',
      folder: '/media/mara/usb/Backup',
      state: { kind: 'failed', error: { code: 'folder-missing' } },
    },
    {
      url: 'https://files.example.org/backup/photos-2020.tar',
      name: 'photos-2020.tar',
      state: {
        kind: 'failed',
        error: { code: 'resource-changed' },
        change: {
          before: { sizeBytes: 9_100_000_000, etag: '"5f3a-21e8d9c0"', lastModified: 'Tue, 03 Mar 2026 08:12:40 GMT' },
          now: { sizeBytes: 9_284_311_040, etag: '"6013-2296d100"', lastModified: 'Sun, 29 Nov 2026 21:55:02 GMT' },
        },
      },
      sizeBytes: 9_100_000_000,
      receivedBytes: 4_400_000_000,
    },
    {
      url: 'https://huggingface.example/models/llm-q4.gguf',
      name: 'llm-q4.gguf',
      state: { kind: 'paused' },
      sizeBytes: 4_920_000_000,
      receivedBytes: 2_214_000_000,
      resumable: true,
    },
    {
      url: 'https://example.org/%D7%AA%D7%9E%D7%95%D7%A0%D7%95%D7%AA.zip',
      name: 'תמונות מהטיול הגדול לירושלים ולים המלח 2026.zip',
      state: { kind: 'queued' },
      sizeBytes: 740_000_000,
    },
    {
      url: 'https://example.org/a.pdf',
      name: 'Handbuch Wasserbau (3. Auflage).pdf',
      folder: '/home/mara/Documents/Reading',
      state: { kind: 'queued' },
    },
    {
      url: 'https://ftp.gnu.org/gnu/gcc/gcc-16.1.0.tar.xz',
      name: 'gcc-16.1.0.tar.xz',
      state: { kind: 'finished', finishedAtMs: nowMs - 12 * minuteMs },
      sizeBytes: 98_404_120,
      receivedBytes: 98_404_120,
      verifiedBy: 'sha-512',
      verifiedFrom: 'beside',
    },
    {
      url: 'https://example.org/notes.txt',
      name: 'notes.txt',
      state: { kind: 'finished', finishedAtMs: nowMs - 26 * 60 * minuteMs },
      sizeBytes: 812,
      receivedBytes: 812,
    },
    {
      url: 'https://example.org/old.iso',
      name: 'old-release.iso',
      state: { kind: 'cancelled' },
      sizeBytes: 700_000_000,
    },
  ];
  // Last: scenes name earlier rows by their number.
  downloads.push(
    {
      url: 'https://wiki.example.org/wiki/File:Sluice.jpg',
      name: 'File_Sluice.jpg',
      state: { kind: 'failed', error: { code: 'page-instead-of-file', facts: { status: 200 } } },
    },
    {
      url: 'https://portal.example.org/records/2026.tar.gz',
      name: 'records-2026.tar.gz',
      state: { kind: 'failed', error: { code: 'sign-in-needed' } },
      sizeBytes: 912_000_000,
      receivedBytes: 300_000_000,
    },
  );
  return downloads.map((download, index) => madeUpDownload(index + 1, download, nowMs));
}

function running(url: string, sizeBytes: number, [fraction, speed]: readonly [number, number]): Partial<DownloadView> {
  const receivedBytes = Math.round(sizeBytes * fraction);
  return {
    url,
    name: decodeURIComponent(url.slice(url.lastIndexOf('/') + 1)),
    state: transferring,
    sizeBytes,
    receivedBytes,
    speedBytesPerSecond: speed,
    remainingMs: ((sizeBytes - receivedBytes) / speed) * 1000,
    connections: 8,
    resumable: true,
  };
}

/** Mostly finished and queued, a hundred running. */
export function manyDownloads(count: number, nowMs: number): DownloadView[] {
  return Array.from({ length: count }, (_, index) => {
    const sizeBytes = 1_000_000 + ((index * 7_919_333) % 4_000_000_000);
    const url = `https://host-${String(index % 97)}.example.org/batch/file-${String(index).padStart(5, '0')}.dat`;
    if (index < 100)
      return madeUpDownload(index, running(url, sizeBytes, [(index % 90) / 100, 200_000 + index * 3000]), nowMs);
    const name = url.slice(url.lastIndexOf('/') + 1);
    const state: DownloadState =
      index % 2 === 0 ? { kind: 'finished', finishedAtMs: nowMs - index * 1000 } : { kind: 'queued' };
    const receivedBytes = state.kind === 'finished' ? sizeBytes : 0;
    return madeUpDownload(index, { url, name, sizeBytes, state, receivedBytes }, nowMs);
  });
}
