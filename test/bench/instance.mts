/**
 * Measures subjects inside a real n8n: one workflow, run by `n8n execute`, with every subject between a node that
 * creates its items and a node that records the time. Database, credentials and expressions are n8n's own.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IConnections, INode } from 'n8n-workflow';

import type { CredentialData } from '../support/engine.mts';
import { subjects } from './subjects.mts';

/** One run of one subject. */
export interface Sample {
	name: string;
	wallMs: number;
	/** Processor time of n8n's process, user and system. */
	cpuMs: number;
	/** The highest number of requests in flight. */
	peakRequests: number;
	/** Requests that reached the server. */
	served: number;
	/** Requests that its rate limit rejected. */
	rejected: number;
}

export interface InstanceTask {
	/** n8n's start script. */
	n8n: string;
	/** N8N_USER_FOLDER; the packages are in its `.n8n/nodes/node_modules`. */
	userFolder: string;
	baseUrl: string;
	/** Subjects to run in turn, `rounds` times each after a small warm-up. */
	names: string[];
	rounds: number;
	/** Input items. */
	items: number;
}

const WORKFLOW_ID = 'bench';
const START = 'Start';
const WARM_UP_ITEMS = 50;
const OUTPUT_LIMIT_BYTES = 1024 ** 3;

/**
 * Runs the subjects.
 * @returns `rounds` samples per subject, in the order they ran
 * @throws Error with n8n's output if a run failed or a subject did not do its work
 */
export function measureInInstance(task: InstanceTask): Sample[] {
	const { userFolder, names, rounds } = task;
	const output = join(userFolder, 'samples.jsonl');
	writeFileSync(output, '');
	const file = (name: string, content: unknown) => {
		const path = join(userFolder, name);
		writeFileSync(path, JSON.stringify(content));
		return `--input=${path}`;
	};
	const keyFile = join(userFolder, 'key');
	if (!existsSync(keyFile)) writeFileSync(keyFile, randomBytes(24).toString('hex'));
	const env = {
		...process.env,
		NODE_ENV: 'production',
		BENCH_OUTPUT: output,
		N8N_USER_FOLDER: userFolder,
		N8N_ENCRYPTION_KEY: readFileSync(keyFile, 'utf8'),
		N8N_LOG_LEVEL: 'error',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_RUNNERS_BROKER_PORT: '0',
		// Otherwise n8n would start a process for Code nodes again and again, because it cannot find the broker's
		// port.
		N8N_RUNNERS_MODE: 'external',
		N8N_RUNNERS_AUTH_TOKEN: 'bench',
		EXECUTIONS_DATA_SAVE_ON_SUCCESS: 'none',
	};
	const run = (...args: string[]) => {
		const result = spawnSync(process.execPath, [task.n8n, ...args], {
			env,
			encoding: 'utf8',
			maxBuffer: OUTPUT_LIMIT_BYTES,
		});
		if (result.status !== 0) {
			throw new Error(
				`n8n ${args[0] ?? ''} failed:\n${result.stderr.slice(-4000)}\n${result.stdout.slice(-4000)}`,
			);
		}
	};

	run('import:credentials', file('credentials.json', credentialFile(task)));
	run('import:workflow', file('workflow.json', workflowFile(task)));
	run('execute', `--id=${WORKFLOW_ID}`);

	const lines = readFileSync(output, 'utf8').trim().split('\n');
	const samples = lines.map((line): Sample => JSON.parse(line));
	const measured = samples.slice(names.length);
	if (measured.length !== names.length * rounds) {
		throw new Error(`n8n gave ${measured.length} samples instead of ${names.length * rounds}`);
	}
	return measured;
}

function credentialsOf({ baseUrl, names }: InstanceTask): CredentialData {
	const all = subjects(baseUrl);
	return Object.assign({}, ...names.map((name) => all[name]?.request.credentials ?? {}));
}

function credentialFile(task: InstanceTask) {
	return Object.entries(credentialsOf(task)).map(([type, data]) => ({
		id: type,
		name: type,
		type,
		data,
	}));
}

function workflowFile({ baseUrl, names, rounds, items }: InstanceTask) {
	const all = subjects(baseUrl);
	const nodes: INode[] = [];
	const connections: IConnections = {};
	const add = (node: Pick<INode, 'name' | 'type'> & Partial<INode>) => {
		const previous = nodes.at(-1);
		if (previous) {
			connections[previous.name] = { main: [[{ node: node.name, type: 'main', index: 0 }]] };
		}
		nodes.push({ id: node.name, typeVersion: 1, position: [0, 0], parameters: {}, ...node });
	};

	add({ name: START, type: 'n8n-nodes-base.manualTrigger' });
	for (let round = 0; round <= rounds; round++) {
		for (const subject of names) {
			const known = all[subject];
			if (!known) throw new Error(`No subject ${subject}`);
			const { nodeType, typeVersion, parameters, credentials = {} } = known.request;
			const types = Object.keys(credentials);
			const count = round === 0 ? Math.min(WARM_UP_ITEMS, items) : items;
			const name = `${subject} ${round}`;
			add({
				name: `${name}: items`,
				type: 'n8n-nodes-bench.benchItems',
				parameters: { count, baseUrl, restMs: known.restMs ?? 0 },
			});
			add({
				name,
				type: nodeType.includes('.') ? nodeType : `n8n-nodes-guestlist.${nodeType}`,
				...(typeVersion === undefined ? {} : { typeVersion }),
				parameters: JSON.parse(JSON.stringify(parameters ?? {})),
				credentials: Object.fromEntries(types.map((type) => [type, { id: type, name: type }])),
			});
			add({
				name: `${name}: probe`,
				type: 'n8n-nodes-bench.benchProbe',
				parameters: { subject, expected: count * known.outputPerItem, baseUrl },
			});
		}
	}
	return {
		id: WORKFLOW_ID,
		name: 'Bench',
		active: false,
		nodes,
		connections,
		settings: { executionOrder: 'v1' },
	};
}
