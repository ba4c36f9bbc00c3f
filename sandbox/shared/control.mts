// The control server: lets a test in another process seed, inspect and break the vendors. JSON over HTTP.

import Fastify, { type FastifyInstance } from 'fastify';
import { ZodError, z } from 'zod';

import { type ListedCredential, listCredential } from './credential.mts';
import type { VendorDefinition, VendorState } from './endpoint.mts';
import { faultOrderSchema } from './faults.mts';
import { type VendorServer, listen } from './vendor-server.mts';

const resetBody = z.object({ guests: z.number().int().nonnegative().optional() }).strict();
const serverKnobs = z.object({ latencyMs: z.number().nonnegative() }).strict();
const BAD_REQUEST = 400;
const CREATED = 201;

/** A running vendor and its control routes. */
export interface ControlledVendor {
	name: string;
	url: string;
	credential: ListedCredential;
	addRoutes(control: FastifyInstance): void;
}

/** Mounts the routes of a vendor server under `/{name}`. */
export function controlled<State extends VendorState>(
	definition: VendorDefinition<State>,
	server: VendorServer<State>,
): ControlledVendor {
	return {
		name: server.name,
		url: server.url,
		credential: listCredential(definition, server.url),
		addRoutes(control) {
			control.get('/state', () => server.state.toJSON());
			control.get('/requests', () => server.requests);
			control.get('/refused', () => server.refused);
			control.post('/reset', (request) => {
				const { guests } = resetBody.parse(request.body ?? {});
				server.reset(guests === undefined ? {} : { guests });
				return { reset: server.name };
			});
			control.patch('/knobs', (request) => {
				definition.setKnobs(server.state, request.body);
				return { set: request.body };
			});
			control.patch('/server', (request) => {
				server.latencyMs = serverKnobs.parse(request.body).latencyMs;
				return { latencyMs: server.latencyMs };
			});
			control.get('/faults', () => server.faults.list());
			control.post('/faults', (request, reply) => {
				reply.code(CREATED);
				return { id: server.faults.add(faultOrderSchema.parse(request.body)) };
			});
			control.delete('/faults', () => {
				server.faults.clear();
				return { cleared: server.name };
			});
			definition.controlRoutes?.(control, server.state);
		},
	};
}

/**
 * Starts the control server.
 * @throws Error that names the port when it is in use
 */
export async function startControl(
	vendors: readonly ControlledVendor[],
	at: { host: string; port: number },
): Promise<{ url: string; close(): Promise<void> }> {
	const app = Fastify({ forceCloseConnections: true });
	// An empty JSON body means no body: `fetch` and n8n both send the header without one.
	app.removeContentTypeParser('application/json');
	app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
		try {
			done(null, body === '' ? undefined : JSON.parse(String(body)));
		} catch {
			done(new Error('the body is not JSON'));
		}
	});
	app.setErrorHandler((error, _request, reply) => {
		const message =
			error instanceof ZodError
				? error.issues.map(({ path, message: why }) => `${path.join('.')}: ${why}`).join('; ')
				: String(error instanceof Error ? error.message : error);
		reply.code(BAD_REQUEST).send({ error: message });
	});
	app.get('/health', () => ({
		status: 'ok',
		vendors: Object.fromEntries(vendors.map(({ name, url }) => [name, url])),
	}));
	app.get('/credentials', () => vendors.map(({ credential }) => credential));
	for (const vendor of vendors) {
		app.register(
			(control, _options, done) => {
				vendor.addRoutes(control);
				done();
			},
			{ prefix: `/${vendor.name}` },
		);
	}
	const url = await listen(app, at, 'the control server');
	return { url, close: () => app.close() };
}
