import { uwsgiServer } from '../uwsgi/uwsgi-server.ts';

export const uwsgiFlask = uwsgiServer('uwsgi-flask', 'Flask');
