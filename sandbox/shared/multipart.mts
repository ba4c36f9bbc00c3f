// Reads a `multipart/form-data` body into JSON: text fields as strings, files as `UploadedFile`.

import type { UploadedFile } from './endpoint.mts';

/**
 * A form as JSON text; an empty string if a name repeats or the form cannot be read.
 * @param body the raw body
 * @param contentType with the boundary
 */
export async function formToJson(body: Buffer, contentType: string): Promise<string> {
	try {
		const headers = { 'content-type': contentType };
		const form = await new Response(new Uint8Array(body), { headers }).formData();
		const parts: Array<[string, string | UploadedFile]> = [];
		for (const [name, value] of form) {
			if (parts.some(([known]) => known === name)) return '';
			parts.push([name, typeof value === 'string' ? value : await toUploadedFile(value)]);
		}
		return JSON.stringify(Object.fromEntries(parts));
	} catch {
		return '';
	}
}

async function toUploadedFile(file: File): Promise<UploadedFile> {
	const content = Buffer.from(await file.arrayBuffer());
	return {
		filename: file.name,
		contentType: file.type,
		size: content.length,
		base64: content.toString('base64'),
	};
}
