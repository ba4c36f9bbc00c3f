// What n8n needs to reach a vendor of the sandbox: a ready credential, and the same values for people to type.

import { z } from 'zod';

const credentialFieldSchema = z.object({
	/** The label in n8n. */
	label: z.string(),
	/** The name of the property in the credential's data, or of the node parameter. */
	key: z.string(),
	value: z.string(),
	/** Other values that work, and the purpose of each. */
	alternatives: z.record(z.string()).optional(),
	/** Whether it is a node parameter rather than part of the credential. */
	isNodeParameter: z.boolean().optional(),
});

const credentialSchema = z.object({
	/** The credential type: `name` of its class. */
	type: z.string(),
	/** The credential type as n8n shows it: `displayName` of its class. */
	displayName: z.string(),
	/** All values that n8n saves in such a credential. */
	data: z.record(z.unknown()),
});

const listedCredentialSchema = credentialSchema.extend({
	/** The vendor's name in control paths. */
	vendor: z.string(),
	/** The vendor's name in texts for people. */
	title: z.string(),
	/** A name for the credential in n8n. */
	name: z.string(),
	fields: z.array(credentialFieldSchema),
});

export type CredentialField = z.infer<typeof credentialFieldSchema>;
/** A credential as n8n saves it. */
export type VendorCredential = z.infer<typeof credentialSchema>;
/** A credential as `GET /credentials` of the control server lists it. */
export type ListedCredential = z.infer<typeof listedCredentialSchema>;

/** A vendor's description of the credential for its sandbox server. */
export interface CredentialSource {
	/** The name in control paths and messages: lower case, words joined by `-`. */
	name: string;
	title: string;
	/** A credential with which n8n can use the sandbox server at `url` (without a trailing slash). */
	credential(url: string): VendorCredential;
	/** The values that a person types into n8n, in n8n's order. */
	credentialFields(url: string): CredentialField[];
}

/** The entry of a vendor in `GET /credentials`. */
export function listCredential(source: CredentialSource, url: string): ListedCredential {
	const { name: vendor, title } = source;
	const fields = source.credentialFields(url);
	return { vendor, title, name: `${title} account`, ...source.credential(url), fields };
}

/**
 * Asks a running sandbox for its credentials.
 * @param controlUrl base URL of the control server
 */
export async function fetchCredentials(controlUrl: string): Promise<ListedCredential[]> {
	const response = await fetch(`${controlUrl}/credentials`);
	return z.array(listedCredentialSchema).parse(await response.json());
}

/** The table of the sandbox's README, in Markdown. */
export function credentialTable(credentials: readonly ListedCredential[]): string {
	const rows = credentials.flatMap(({ title, displayName, fields }) =>
		fields.map((field, index) => {
			const isFirst = index === 0;
			const source = field.isNodeParameter ? `(${title} node)` : isFirst ? displayName : '';
			const alternatives = Object.entries(field.alternatives ?? {}).map(
				([value, about]) => `\`${value}\` (${about})`,
			);
			const values = [`\`${field.value}\``, ...alternatives].join(', ');
			return `| ${[source, field.label, values].join(' | ')} |`.replace('|  |', '| |');
		}),
	);
	return ['| credential | field | value |', '|---|---|---|', ...rows].join('\n');
}
