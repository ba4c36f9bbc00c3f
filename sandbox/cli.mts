// `npm run sandbox`: the sandbox on fixed ports until Ctrl-C, with the credentials to type into n8n.

import { parseArgs } from 'node:util';

import {
	ARTSVP_CREDENTIALS,
	EVENTTIA_CREDENTIALS,
	EVENT_VAULT_CREDENTIALS,
	INEVENT_CREDENTIALS,
	INVITARIO_CREDENTIALS,
} from './credentials.mts';
import { startSandbox } from './start.mts';

const USAGE = `Usage: npm run sandbox -- [--port-base 7100] [--guests 250] [--latency 0] [--host 127.0.0.1]

  --port-base  control server's port; Event Vault, Invitario, ARTSVP, InEvent and Eventtia get the next five
  --guests     guests each vendor starts with
  --latency    milliseconds added to every answer
  --host       address to listen on`;

const LARGEST_PORT_BASE = 65_530;

function wholeNumber(name: string, value: string, most: number): number {
	const number = Number(value);
	if (!/^\d+$/.test(value) || number > most) {
		throw new Error(
			`--${name} must be a whole number from 0 to ${most}, not "${value}".\n\n${USAGE}`,
		);
	}
	return number;
}

function options() {
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
		portBase: wholeNumber('port-base', values['port-base'], LARGEST_PORT_BASE),
		guests: wholeNumber('guests', values.guests, 1_000_000),
		latencyMs: wholeNumber('latency', values.latency, 600_000),
	};
}

function table(title: string, rows: Record<string, string>): string {
	const width = Math.max(...Object.keys(rows).map((key) => key.length));
	return [
		title,
		...Object.entries(rows).map(([key, value]) => `  ${key.padEnd(width)}  ${value}`),
	].join('\n');
}

async function main(): Promise<void> {
	const { help, host, portBase, guests, latencyMs } = options();
	if (help) {
		console.log(USAGE);
		return;
	}
	const sandbox = await startSandbox({
		host,
		ports: {
			control: portBase,
			eventVault: portBase + 1,
			invitario: portBase + 2,
			artsvp: portBase + 3,
			inEvent: portBase + 4,
			eventtia: portBase + 5,
		},
		seed: { guests },
		latencyMs,
	});
	const sections = [
		table('Event Vault (credential "Event Vault API")', {
			'Base URL': sandbox.eventVault.url,
			'API Key': EVENT_VAULT_CREDENTIALS.apiKey,
			'Client ID': EVENT_VAULT_CREDENTIALS.clientId,
			'Event ID': `${EVENT_VAULT_CREDENTIALS.eventId}   (another: ${EVENT_VAULT_CREDENTIALS.otherEventId})`,
		}),
		table('Invitario (credential "Invitario API")', {
			'Base URL': sandbox.invitario.url,
			'Event ID': INVITARIO_CREDENTIALS.eventId,
			'App Code': INVITARIO_CREDENTIALS.apiKey,
			'Station Name': INVITARIO_CREDENTIALS.stationName,
		}),
		table('ARTSVP (credential "ARTSVP API")', {
			'Base URL': `${sandbox.artsvp.url}/api/v3`,
			'API Key': ARTSVP_CREDENTIALS.apiKey,
		}),
		table('InEvent (credential "InEvent OAuth2 API")', {
			'Base URL': sandbox.inEvent.url,
			'Token URL': `${sandbox.inEvent.url}/oauth/token`,
			'Client ID': INEVENT_CREDENTIALS.production.clientId,
			'Client Secret': INEVENT_CREDENTIALS.production.clientSecret,
			'Event ID': INEVENT_CREDENTIALS.production.eventId,
		}),
		table('Eventtia (credential "Eventtia API")', {
			'Base URL': sandbox.eventtia.url,
			Email: EVENTTIA_CREDENTIALS.email,
			Password: EVENTTIA_CREDENTIALS.password,
			'Client ID': EVENTTIA_CREDENTIALS.clientId,
			'Client Secret': EVENTTIA_CREDENTIALS.clientSecret,
			'Account API Key': EVENTTIA_CREDENTIALS.accountApiKey,
			'Event URI': `${EVENTTIA_CREDENTIALS.eventUri}   (another: ${EVENTTIA_CREDENTIALS.otherEventUri})`,
		}),
		table('Control (see sandbox/README.md)', { 'Base URL': sandbox.control.url }),
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
