-- Public figures of each month, as they were given out: counted once, signed, and never changed. A correction is another edition beside what it corrects.

CREATE TABLE published_figures (
  month text NOT NULL,
  edition bigint NOT NULL,
  published_at bigint NOT NULL,
  digest text NOT NULL,
  document text NOT NULL,
  signature text NOT NULL,
  PRIMARY KEY (month, edition)
);

CREATE TRIGGER published_figures_change BEFORE UPDATE OR DELETE ON published_figures FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER published_figures_truncate BEFORE TRUNCATE ON published_figures FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
