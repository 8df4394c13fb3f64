"""单位·岗位·人员·任职: the organisation that all registers hang on."""
