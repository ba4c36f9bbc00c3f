/** The credential of a contract rig, for the fuzz tests. */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { ContractRig } from '../../contract/support/contractRig.mts';

/** The type and the fields of a rig's only credential. */
export function rigCredential(rig: ContractRig): {
	type: string;
	data: ICredentialDataDecryptedObject;
} {
	const [[type, data] = ['', {}]] = Object.entries(rig.credentials);
	return { type, data };
}

/** The port of the vendor's server. */
export function portOf({ data }: { data: ICredentialDataDecryptedObject }): number {
	return Number(new URL(String(data.baseUrl)).port);
}

/** The URL of the vendor's server, without a path. */
export function originOf(rig: ContractRig): string {
	return new URL(String(rigCredential(rig).data.baseUrl)).origin;
}
