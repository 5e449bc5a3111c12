CREATE TABLE "open_units" (
	"name" text PRIMARY KEY NOT NULL,
	"begun_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
