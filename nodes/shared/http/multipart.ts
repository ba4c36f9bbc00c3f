/**
 * Encodes a form with files as the body of a request. It is encoded here, because n8n's helper takes a
 * `FormData` for an empty object (n8n-workflow `utils.js`, isObjectEmpty).
 */

/** A file of a form. */
export interface FilePart {
	name: string;
	/** Media type, e.g. `application/pdf`. */
	type: string;
	bytes: Buffer;
}

/** @returns the bytes of the form, and the header with the boundary of its parts */
export async function multipart(
	texts: Record<string, string>,
	files: Record<string, FilePart>,
): Promise<{ body: Buffer; headers: Record<string, string> }> {
	const form = new FormData();
	for (const [name, text] of Object.entries(texts)) form.append(name, text);
	for (const [name, file] of Object.entries(files)) {
		form.append(name, new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name);
	}
	const encoded = new Response(form);
	return {
		body: Buffer.from(await encoded.arrayBuffer()),
		headers: { 'content-type': String(encoded.headers.get('content-type')) },
	};
}
