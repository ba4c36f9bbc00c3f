// `npm run sandbox`: the sandbox on fixed ports until Ctrl-C, with the credentials to type into n8n.

import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

import { z } from 'zod';

import { type CredentialField, fetchCredentials } from './shared/credential.mts';
import { MINUTE } from './shared/time.mts';
import { startSandbox } from './start.mts';

const vendorSchema = z.object({ name: z.string(), folder: z.string() });
const vendorsSchema = z.object({
	VENDORS: z.array(vendorSchema),
	toCamel: z.function().args(vendorSchema).returns(z.string()),
});
const { VENDORS, toCamel } = vendorsSchema.parse(
	createRequire(import.meta.url)('../tools/vendors.cjs'),
);

const USAGE = `Usage: npm run sandbox -- [--port-base 7100] [--guests 250] [--latency 0] [--host 127.0.0.1]

  --port-base  the control server's port; ${VENDORS.map(({ name }) => name).join(', ')} get the next ones, in this order
  --guests     guests each vendor starts with
  --latency    milliseconds added to every response
  --host       address to listen on`;

const MAX_PORT = 65_535;
const MAX_PORT_BASE = MAX_PORT - VENDORS.length;
const MAX_GUESTS = 1_000_000;
const MAX_LATENCY_MS = 10 * MINUTE;

function readInteger(name: string, value: string, max: number): number {
	const number = Number(value);
	if (!/^\d+$/.test(value) || number > max) {
		throw new Error(
			`--${name} must be a whole number from 0 to ${max}, not "${value}".\n\n${USAGE}`,
		);
	}
	return number;
}

function readOptions() {
	const { values } = parseArgs({
		options: {
			'port-base': { type: 'string', default: '7100' },
			guests: { type: 'string', default: '250' },
			latency: { type: 'string', default: '0' },
			host: { type: 'string', default: '127.0.0.1' },
			help: { type: 'boolean', default: false },
		},
	});
	return {
		help: values.help,
		host: values.host,
		portBase: readInteger('port-base', values['port-base'], MAX_PORT_BASE),
		guests: readInteger('guests', values.guests, MAX_GUESTS),
		latencyMs: readInteger('latency', values.latency, MAX_LATENCY_MS),
	};
}

/** The control server on the base port, the vendors on the ports after it. */
function portsFrom(portBase: number): Record<string, number> {
	const ports = VENDORS.map((vendor, index) => [toCamel(vendor), portBase + 1 + index] as const);
	return { control: portBase, ...Object.fromEntries(ports) };
}

function formatValue({
	value,
	alternatives = {},
}: Pick<CredentialField, 'value' | 'alternatives'>) {
	const others = Object.keys(alternatives);
	return others.length === 0 ? value : `${value}   (or: ${others.join(', ')})`;
}

function formatSection(
	title: string,
	fields: ReadonlyArray<Pick<CredentialField, 'label' | 'value' | 'alternatives'>>,
): string {
	const width = Math.max(...fields.map(({ label }) => label.length));
	const rows = fields.map((field) => `  ${field.label.padEnd(width)}  ${formatValue(field)}`);
	return [title, ...rows].join('\n');
}

async function main(): Promise<void> {
	const { help, host, portBase, guests, latencyMs } = readOptions();
	if (help) {
		console.log(USAGE);
		return;
	}
	const sandbox = await startSandbox({
		host,
		ports: portsFrom(portBase),
		seed: { guests },
		latencyMs,
	});
	const { url } = sandbox.control;
	const credentials = await fetchCredentials(url);
	const sections = [
		...credentials.map(({ title, displayName, fields }) =>
			formatSection(`${title} (credential "${displayName}")`, fields),
		),
		formatSection('Control (see sandbox/README.md)', [{ label: 'Base URL', value: url }]),
	];
	console.log(
		`The sandbox is running with ${guests} guests per vendor. Nothing leaves this machine.\n`,
	);
	console.log(`${sections.join('\n\n')}\n\nCtrl-C ends it.`);
	const stop = () => {
		void sandbox.close().then(() => process.exit(0));
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
