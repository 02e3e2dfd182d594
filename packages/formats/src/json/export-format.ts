/** The form of Sluice's own export: what a download was asked for, as another Sluice adds it. */
import { newDownloadSchema, requestOptionsSchema } from '@sluice/contract';
import { z } from 'zod';

export const exportVersion = 1;

/**
 * Where a file goes, which certificates are trusted and which way the request takes is for the machine that reads it to
 * say, and not for a file from elsewhere.
 */
export const exportedDownloadSchema = newDownloadSchema
  .pick({ url: true, name: true, headers: true, checksum: true })
  .extend({
    request: requestOptionsSchema
      .pick({
        referer: true,
        userAgent: true,
        cookies: true,
        username: true,
        password: true,
        method: true,
        body: true,
        bodyEncoding: true,
        contentType: true,
        mirrors: true,
      })
      .optional(),
    sizeBytes: z.number().int().min(0).nullable().optional(),
  });

export const exportFileSchema = z.object({
  sluiceExport: z.number().int(),
  downloads: z.array(z.unknown()),
});
